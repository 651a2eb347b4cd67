// A browser that cannot put frames straight into a track: all but Chromium. A canvas is captured instead.
delete globalThis.MediaStreamTrackGenerator;
