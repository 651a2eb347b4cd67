"""What the mouth does in each phone: jaw, width, rounding, closure, teeth, tongue; 0...1 as in `MouthShape`."""

import numpy as np

PARTS = ["jaw", "width", "rounding", "closure", "teeth", "tongue"]

# One target for a steady phone, several for one that moves; each takes an equal share of its time.
OPEN, REST = (0.95, 0.1, 0, 0, 0, 0), (0, 0, 0, 0, 0, 0)
AE, AO, UH_ = (0.85, 0.35, 0, 0, 0, 0), (0.7, 0, 0.6, 0, 0, 0), (0.55, 0.05, 0.05, 0, 0, 0)
SCHWA, EH, EY = (0.4, 0.15, 0.05, 0, 0, 0), (0.6, 0.45, 0, 0, 0, 0), (0.45, 0.65, 0, 0, 0, 0)
IH, IY = (0.35, 0.5, 0, 0, 0, 0), (0.22, 0.95, 0, 0, 0.1, 0)
UW, UH, OW = (0.2, 0, 0.95, 0, 0, 0), (0.3, 0, 0.6, 0, 0, 0), (0.5, 0, 0.8, 0, 0, 0)
ER, R, L = (0.32, 0, 0.4, 0, 0, 0.1), (0.22, 0, 0.55, 0, 0.1, 0.1), (0.3, 0.1, 0, 0, 0, 0.9)
W, Y, H = (0.12, 0, 0.95, 0, 0, 0), (0.2, 0.65, 0, 0, 0.1, 0), (0.4, 0.1, 0, 0, 0, 0)
LABIAL, LABIAL_BURST = (0, 0, 0, 1, 0, 0), (0.3, 0.1, 0, 0, 0, 0)
FV, TH = (0.06, 0.1, 0, 0.15, 0.8, 0), (0.18, 0.1, 0, 0, 0.4, 0.95)
TD, N, VELAR = (0.15, 0.2, 0, 0, 0.5, 0.8), (0.17, 0.2, 0, 0, 0.2, 0.8), (0.25, 0.1, 0, 0, 0.1, 0.15)
S, SH = (0.08, 0.4, 0, 0, 1, 0.2), (0.14, 0, 0.7, 0, 0.9, 0.2)
GLIDE_Y = (0.2, 0.5, 0.7, 0, 0, 0)  # front rounded: the Mandarin u with dots

PHONES = {}


def _define(names, *targets):
    for name in names.split():
        PHONES[name] = targets


_define("aa A: A@ A Q a 0 aI3 A#", OPEN)
_define("ae aa aE & &:", AE)
_define("ao O: O O@ O2 o@ O2:", AO)
_define("ah V", UH_)
_define("ax @ a# @L @2 @5 I2# @- VR u@", SCHWA)
_define("eh E e@ E2 y& iE ", EH)
_define("ey eI ei", EY, IY)
_define("e e:", EY)
_define("ih I I2 I# i[ i. IR U#", IH)
_define("iy i: i i@3 i@", IY)
_define("uw u: u u#", UW)
_define("uh U U@ w#", UH)
_define("ow oU o o: o- ou o#", OW)
_define("aw aU Au au", OPEN, UW)
_define("ay aI ai aI2", OPEN, IH)
_define("oy OI", OW, IH)
_define("iou", IY, OW, UW)
_define("uo", UW, AO)
_define("ua uA", UW, OPEN)
_define("uai", UW, OPEN, IH)
_define("iA ia", IY, OPEN)
_define("y", Y)
_define("ong", OW)
_define("er 3: 3 r- @r", ER)
_define("r r/ R z.", R)
_define("l l#", L)
_define("w", W)
_define("j ;", Y)
_define("m", LABIAL)
_define("b p", LABIAL, LABIAL, LABIAL_BURST)
_define("ph", LABIAL, LABIAL_BURST)
_define("f v", FV)
_define("th dh T D", TH)
_define("t d t# t2 th*", TD)
_define("n", N)
_define("N ng g k k2 kh x X", VELAR)
_define("s z ts tsh", S)
_define("sh zh ch jh S Z tS dZ s. S; ts. ts.h tS; tS;h", SH)
_define("hh h", H)
_define("pau _ _: _| _! (en) (cmn)", REST)


def _blur(track, hops):
    reach = int(4 * hops)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / hops) ** 2)
    return np.convolve(np.pad(track, reach, mode="edge"), kernel / kernel.sum(), "valid")


def mouth(phones, count, seconds_per_hop, aspirated_t=True):
    """The mouth at `count` moments, neighbouring phones blended as lips blend them."""
    track = np.zeros((count, len(PARTS)))
    for name, start, end in phones:
        if name in ("_|", "_!") and end - start < 0.03:
            continue  # a word boundary inside running speech
        targets = PHONES[name]
        edges = np.linspace(start, end, len(targets) + 1) / seconds_per_hop
        for target, first, last in zip(targets, edges[:-1], edges[1:]):
            track[max(0, round(first)) : max(0, round(last))] = target
    spread = [2.5, 3, 3, 1.2, 2, 2]  # hops of 10 ms: closures are quick, rounding is slow
    return np.stack([_blur(track[:, i], hops) for i, hops in enumerate(spread)], 1)
