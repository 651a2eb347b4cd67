"""The editor of avatars: points on a photo by mouse, finger and keyboard, and what becomes of them.

What the server does with a photo is taken over here: these tests are about the page.
"""

import base64
import json
import re

import pytest
from playwright.sync_api import expect
from portrait import MIRA, PHOTO, SIDE
from test_language import english_left
from test_layout import contrast
from visiting import DESK, PHONE


def answer(status, **body):
    return lambda route: route.fulfill(status=status, json=body)


def problem(status, message="Something of the server's."):
    return answer(status, error={"type": "invalid_request_error", "code": "x", "message": message})


class Editor:
    """The page with a photo in it."""

    def __init__(self, page):
        self.page = page
        self.photo = page.get_by_role("application", name=re.compile("Photo with points|带定位点的照片"))
        self.message = page.get_by_role("status")
        self.create = page.locator("#create")

    def open(self, photo=PHOTO):
        self.page.locator("#choose").set_input_files(photo)
        expect(self.photo).to_be_focused()

    def place(self, name) -> list[float]:
        """Where a point is, as the page says it to everybody."""
        self.page.locator(f"[data-point={name}]").click()
        return [float(one) for one in self.page.locator("#current-place").inner_text().split(", ")]

    def on_screen(self, place) -> tuple[float, float]:
        """A place of the photo on the page, while all of the photo is seen."""
        box = self.photo.bounding_box()
        scale = min(box["width"], box["height"]) / SIDE
        return (box["x"] + (box["width"] - scale * SIDE) / 2 + scale * place[0],
                box["y"] + (box["height"] - scale * SIDE) / 2 + scale * place[1])

    def drag(self, start, end) -> None:
        """From one place of the photo to another."""
        self.page.mouse.move(*self.on_screen(start))
        self.page.mouse.down()
        self.page.mouse.move(*self.on_screen(end), steps=4)
        self.page.mouse.up()

    def saved(self) -> dict:
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name=re.compile("Save points|保存定位点")).click()
        return json.loads(download.value.path().read_text())


@pytest.fixture
def editor(launch, server):
    """Opens the editor; the server answers as `landmarks` and `avatars` say. Nothing may go wrong unforeseen."""
    failures = []

    def open_page(landmarks=answer(200, landmarks=MIRA), avatars=None, photo=PHOTO, viewport=DESK, **context):
        page = launch().new_context(viewport=viewport, **context).new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.route("**/v1/avatars/landmarks", landmarks)
        if avatars:
            page.route("**/v1/avatars", avatars)
        page.goto(server.url + "/avatars/edit")
        opened = Editor(page)
        if photo:
            opened.open(photo)
        return opened

    yield open_page
    assert failures == []


# Beginning


def test_the_points_are_where_the_server_sees_them(editor):
    sent = []

    def landmarks(route):
        sent.append(route.request.post_data_buffer)
        route.fulfill(json={"landmarks": MIRA})

    seen = editor(landmarks)
    assert sent == [PHOTO.read_bytes()]
    assert {name: seen.place(name) for name in MIRA} == MIRA
    expect(seen.message).to_contain_text("where the server sees them")
    expect(seen.create).to_be_enabled()


@pytest.mark.parametrize("landmarks, told", [
    (problem(422), "No face was found"), (problem(501), "does not look for faces"),
    (problem(404), "does not look for faces"), (lambda route: route.abort(), "does not answer"),
    (answer(200, landmarks={"nose": [1, 2]}), "does not look for faces"),
])  # fmt: skip
def test_without_a_detector_a_face_is_there_to_be_moved(editor, landmarks, told):
    seen = editor(landmarks)
    expect(seen.message).to_contain_text(told)
    expect(seen.page.get_by_role("button", name="Whole face")).to_have_attribute("aria-pressed", "true")
    before = seen.saved()
    seen.drag([256, 256], [266, 226])
    after = seen.saved()
    for name in MIRA:
        assert after[name] == pytest.approx([before[name][0] + 10, before[name][1] - 30], abs=1.5), name
    expect(seen.page.locator("#flaws li")).to_have_count(0)


def test_the_whole_face_is_made_larger_by_its_corner_and_by_keys(editor):
    seen = editor(problem(501))
    before = seen.saved()
    corner = [before["jaw_right"][0], before["chin"][1]]
    middle = [256, (before["head_top"][1] + before["chin"][1]) / 2]
    seen.drag(corner, [middle[axis] + 1.2 * (corner[axis] - middle[axis]) for axis in (0, 1)])
    after = seen.saved()

    def width(points):
        return points["jaw_right"][0] - points["jaw_left"][0]

    assert width(after) == pytest.approx(1.2 * width(before), rel=0.03)
    seen.photo.focus()
    seen.page.keyboard.press("-")
    assert width(seen.saved()) == pytest.approx(width(after) / 1.02, rel=0.005)
    seen.page.keyboard.press("Control+z")
    seen.page.keyboard.press("Control+z")
    assert seen.saved() == before


@pytest.mark.parametrize("way", ["drop", "paste"])
def test_a_photo_is_dropped_or_pasted(editor, way):
    seen = editor(photo=None)
    seen.page.evaluate("""([way, picture]) => {
        const bytes = Uint8Array.from(atob(picture), (one) => one.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([bytes], 'mira.png', { type: 'image/png' }));
        const event = way === 'drop' ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
            : new ClipboardEvent('paste', { clipboardData: data, bubbles: true });
        document.body.dispatchEvent(event);
    }""", [way, base64.b64encode(PHOTO.read_bytes()).decode()])
    expect(seen.photo).to_be_focused()
    assert seen.saved() == MIRA


def test_what_is_no_picture_is_said(editor, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all")
    seen = editor(photo=None)
    seen.page.locator("#choose").set_input_files(letter)
    expect(seen.message).to_have_text(
        "“letter.txt” cannot be read as a picture. Choose a JPEG, PNG or WebP file.")


# Placing


def test_a_point_is_dragged(editor):
    seen = editor()
    seen.drag(MIRA["chin"], [262, 351])
    assert seen.place("chin") == pytest.approx([262, 351], abs=1)
    points = seen.saved()
    assert points["chin"] == pytest.approx([262, 351], abs=1)
    assert {name: place for name, place in points.items() if name != "chin"} == {
        name: place for name, place in MIRA.items() if name != "chin"}
    seen.page.get_by_role("button", name="Undo").click()
    assert seen.saved() == MIRA


def test_a_point_is_dragged_where_the_photo_is_enlarged(editor):
    seen = editor()
    x, y = seen.on_screen(MIRA["lip_line"])
    seen.page.mouse.move(x, y)
    seen.page.mouse.wheel(0, -800)
    seen.page.mouse.down()
    seen.page.mouse.move(x + 30, y, steps=3)
    seen.page.mouse.up()
    moved = seen.saved()["lip_line"]
    assert 1 < moved[0] - 262 < 8, "the same way on the screen is less of the photo"
    assert moved[1] == pytest.approx(284, abs=0.5)


def test_a_finger_drags_too(editor):
    seen = editor(viewport=PHONE, has_touch=True, is_mobile=True)
    start, end = seen.on_screen(MIRA["head_top"]), seen.on_screen([240, 60])
    touch = seen.page.context.new_cdp_session(seen.page)
    for kind, at in [("touchStart", start), ("touchMove", start), ("touchMove", end), ("touchEnd", None)]:
        touch.send("Input.dispatchTouchEvent", {
            "type": kind, "touchPoints": [{"x": at[0], "y": at[1]}] if at else []})
    assert seen.place("head_top") == pytest.approx([240, 60], abs=1.5)


def test_the_keyboard_is_enough(editor):
    seen = editor()
    keyboard = seen.page.keyboard
    expect(seen.page.locator("#current-label")).to_have_text("Left eye, outer corner")
    keyboard.press("Tab")
    expect(seen.page.locator("#current-label")).to_have_text("Left eye, upper lid")
    keyboard.press("ArrowUp")
    keyboard.press("ArrowUp")
    keyboard.press("Shift+ArrowRight")
    keyboard.press("Shift+Tab")
    keyboard.press("ArrowLeft")
    points = seen.saved()
    assert points["left_eye_top"] == [229, 191]
    assert points["left_eye_outer"] == [197, 204]
    # Past the last point, the keyboard goes on through the page.
    seen.photo.focus()
    for _ in MIRA:
        keyboard.press("Tab")
    expect(seen.photo).not_to_be_focused()


def test_what_is_impossible_is_said_at_once_and_not_created(editor):
    seen = editor()
    seen.drag(MIRA["lower_lip"], [262, 270])
    alert = seen.page.locator("#flaws")
    expect(alert).to_have_text("“Where the lips meet” has to be above “Edge of the lower lip”.")
    expect(seen.create).to_be_disabled()
    expect(seen.page.locator("[data-point=lower_lip]")).to_have_class(re.compile("is-flawed"))
    seen.page.keyboard.press("Control+z")
    expect(alert).to_be_empty()
    expect(seen.create).to_be_enabled()


# What becomes of the points


def test_points_are_saved_and_opened(editor, tmp_path):
    seen = editor()
    seen.page.get_by_label("Name").fill("Mira Two")
    seen.drag(MIRA["chin"], [262, 351])
    with seen.page.expect_download() as download:
        seen.page.get_by_role("button", name="Save points").click()
    assert download.value.suggested_filename == "Mira-Two.landmarks.json"
    points = json.loads(download.value.path().read_text())
    file = tmp_path / "points.json"
    file.write_text(json.dumps(points | {"lip_curve": [[245, 282.5], [279, 282.5]]}))
    other = editor(problem(501))
    other.page.locator("#open").set_input_files(file)
    expect(other.message).to_have_text("The points are those of “points.json”.")
    assert other.saved() == points | {"lip_curve": [[245, 282.5], [279, 282.5]]}


@pytest.mark.parametrize("text, told", [
    ("{", "“points.json” is no file of points."), ("null", "“points.json” has no place for “Left eye, outer corner”."),
    (json.dumps(MIRA | {"chin": [1]}), "“points.json” has no place for “Chin”."),
])  # fmt: skip
def test_a_file_that_is_none_changes_nothing(editor, tmp_path, text, told):
    file = tmp_path / "points.json"
    file.write_text(text)
    seen = editor()
    seen.page.locator("#open").set_input_files(file)
    expect(seen.message).to_have_text(told)
    assert seen.saved() == MIRA


def test_an_avatar_is_created(editor):
    sent = []

    def avatars(route):
        sent.append(route.request.post_data_json)
        route.fulfill(status=201, json={"id": "anna-b", "note": ["The picture was made smaller."]})

    seen = editor(avatars=avatars)
    seen.create.click()
    expect(seen.page.locator("#outcome")).to_have_text("Give the avatar a name first.")
    seen.page.get_by_label("Name").fill(" Anna B. ")
    seen.create.click()
    link = seen.page.get_by_role("link", name="Speak with Anna B.")
    expect(link).to_have_attribute("href", "/?avatar=anna-b")
    expect(seen.page.locator("#outcome")).to_contain_text("The picture was made smaller.")
    (avatar,) = sent
    assert set(avatar) == {"name", "picture", "landmarks"}
    assert avatar["name"] == "Anna B."
    assert avatar["landmarks"] == MIRA
    assert base64.b64decode(avatar["picture"]) == PHOTO.read_bytes()


def test_a_server_that_may_not_create_is_explained(editor):
    seen = editor(avatars=problem(403), permissions=["clipboard-read", "clipboard-write"])
    seen.page.get_by_label("Name").fill("Anna Maria")
    seen.create.click()
    outcome = seen.page.locator("#outcome")
    expect(outcome).to_contain_text("--edit-avatars")
    line = ("visavis avatar create --engine viseme --photo poster.png --landmarks Anna-Maria.landmarks.json"
            " --name 'Anna Maria'")
    expect(outcome.locator("code")).to_have_text(line)
    seen.page.get_by_role("button", name="Copy the command").click()
    expect(seen.page.get_by_role("button", name="Copied")).to_be_visible()
    assert seen.page.evaluate("navigator.clipboard.readText()") == line


@pytest.mark.parametrize("avatars, told", [
    (problem(409, "There is an avatar “anna” already."), "There is an avatar “anna” already."),
    (lambda route: route.fulfill(status=502, body="<html>"), "The avatar could not be created."),
    (lambda route: route.abort(), "The server does not answer. Try again."),
])  # fmt: skip
def test_what_fails_is_said_and_can_be_tried_again(editor, avatars, told):
    seen = editor(avatars=avatars)
    seen.page.get_by_label("Name").fill("Anna")
    seen.create.click()
    expect(seen.page.locator("#outcome")).to_contain_text(told)
    expect(seen.create).to_be_enabled()


def test_unsaved_points_are_not_lost_by_leaving(editor):
    seen = editor()
    asked = []
    seen.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    seen.page.reload()
    assert asked == []
    seen.open()
    seen.page.keyboard.press("ArrowUp")
    seen.page.reload()
    assert asked == ["beforeunload"]


# How it looks


def test_the_preview_moves(editor):
    seen = editor()
    preview = seen.page.locator("#preview")

    def picture(sound):
        seen.page.get_by_role("button", name=sound, exact=True).click()
        seen.page.wait_for_timeout(200)
        return preview.screenshot()

    pictures = [picture(sound) for sound in ["aa", "mm", "oo", "ee", "blink"]]
    assert len(set(pictures)) == len(pictures)
    assert picture("aa") == pictures[0], "a sound that is held stays"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESK, PHONE, {"width": 1024, "height": 700}, {"width": 320, "height": 568}])
def test_it_fits_and_can_be_read(editor, viewport, scheme):
    seen = editor(viewport=viewport, color_scheme=scheme)
    page = seen.page
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    board = seen.photo.bounding_box()
    assert min(board["width"], board["height"]) >= 230
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    for selector in ["#message", ".point small", "#current-hint", ".name span"]:
        words = page.locator(selector).first.evaluate("element => getComputedStyle(element).color")
        assert contrast(words, paper) >= 4.5, f"{selector} in {scheme}: {words} on {paper}"
    for button in page.locator(".editor button:visible").all():
        assert button.bounding_box()["height"] >= 40, button.inner_text()


def test_everything_is_chinese(editor):
    seen = editor(photo=None, locale="zh-CN")
    left = re.compile(r"JSON|JPEG|PNG|WebP|Tab|Shift|Ctrl|\+Z|aa|mm|oo|ee|poster|[\w.-]+\.(png|json)")

    def english():
        return [text for text in english_left(seen.page) if re.search("[A-Za-z]", left.sub("", text))]

    assert english() == []
    seen.open()
    seen.drag(MIRA["lower_lip"], [262, 270])
    expect(seen.page.locator("#flaws")).to_contain_text("应在")
    assert english() == []
