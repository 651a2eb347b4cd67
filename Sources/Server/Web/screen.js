// Pictures to a <video> element, and what became of them.

/** How many written frames are remembered until the browser says that it has shown them. */
const REMEMBERED = 64;

/** A live track behind a `<video>` element. */
export class Screen {
  #video;
  #sink;
  #written = new Map();
  #lastStamp = 0;
  #onPresented;

  /**
   * @param {HTMLVideoElement} video
   * @param {(detail: any, metadata: VideoFrameCallbackMetadata) => void} onPresented called for each frame that
   *   reaches the display, with what `write` was told about it.
   */
  constructor(video, onPresented) {
    this.#video = video;
    this.#onPresented = onPresented;
    this.#sink = 'MediaStreamTrackGenerator' in globalThis ? new GeneratorSink() : new CanvasSink();
    this.#watch();
  }

  /** Shows a frame as soon as possible. Takes it over. @param {VideoFrame} frame */
  write(frame, detail) {
    // Not before: a page with an empty stream counts as loading until the first picture.
    this.#video.srcObject ??= this.#sink.stream;
    this.#lastStamp = frame.timestamp;
    this.#written.set(frame.timestamp, detail);
    if (this.#written.size > REMEMBERED) this.#written.delete(this.#written.keys().next().value);
    this.#sink.write(frame);
    if (this.#video.paused) this.#video.play().catch(() => {});
  }

  /** Whether frames are told apart on the display; a canvas stream has no timestamps of its own. */
  get identifiesFrames() {
    return this.#sink instanceof GeneratorSink;
  }

  #watch() {
    this.#video.requestVideoFrameCallback?.((_, metadata) => {
      const stamp = this.identifiesFrames ? Math.round(metadata.mediaTime * 1e6) : this.#lastStamp;
      const detail = this.#written.get(stamp);
      if (detail !== undefined) this.#onPresented(detail, metadata);
      this.#watch();
    });
  }
}

/** Chromium's way: frames go straight into a track. */
class GeneratorSink {
  #writer;

  constructor() {
    const track = new MediaStreamTrackGenerator({ kind: 'video' });
    this.#writer = track.writable.getWriter();
    this.stream = new MediaStream([track]);
  }

  write(frame) {
    this.#writer.write(frame).catch(() => frame.close());
  }
}

/** Everybody else's way: frames are drawn on a canvas that is captured. */
class CanvasSink {
  #canvas = document.createElement('canvas');
  #context = this.#canvas.getContext('2d');

  constructor() {
    this.stream = this.#canvas.captureStream();
  }

  write(frame) {
    if (this.#canvas.width !== frame.displayWidth) this.#canvas.width = frame.displayWidth;
    if (this.#canvas.height !== frame.displayHeight) this.#canvas.height = frame.displayHeight;
    this.#context.drawImage(frame, 0, 0);
    frame.close();
  }
}
