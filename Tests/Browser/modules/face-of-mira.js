// Landmarks for the tests: those of a portrait of 512×512 pixels.

export const SIZE = [512, 512];

export const MIRA = {
  left_eye_outer: [198, 204], left_eye_top: [219, 193], left_eye_inner: [242, 208], left_eye_bottom: [219, 211],
  right_eye_inner: [285, 209], right_eye_top: [306, 197], right_eye_outer: [329, 208], right_eye_bottom: [306, 214],
  left_brow: [218, 172], right_brow: [308, 176], nose: [262, 254], mouth_left: [229, 279], mouth_right: [294, 279],
  upper_lip: [262, 274], lip_line: [262, 284], lower_lip: [262, 297], chin: [262, 331], jaw_left: [199, 281],
  jaw_right: [326, 281], head_top: [240, 37],
};
