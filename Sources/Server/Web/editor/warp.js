// Draws a photo whose face is warped: the photo, what is behind the lips, and over both the face in patches.

const VERTEX = `#version 300 es
in vec2 place;
in vec2 source;
uniform vec4 window;
out vec2 at;
void main() {
  at = source;
  gl_Position = vec4((place - window.xy) / window.zw * 2.0 - 1.0, 0.0, 1.0);
  gl_Position.y = -gl_Position.y;
}`;

const FRAGMENT = `#version 300 es
precision mediump float;
in vec2 at;
uniform sampler2D picture;
out vec4 colour;
void main() {
  if (at != clamp(at, 0.0, 1.0)) discard;
  colour = texture(picture, at);
}`;

/** Larger photos are made smaller: not every device takes more, and the preview shows less. */
const MOST_PIXELS = 2048;
const CORNERS = [0, 0, 1, 0, 0, 1, 1, 1];

export class Warp {
  #gl;
  #window;
  #size;
  #photo;
  #inside;
  #triangles;
  #triangleCount = 0;
  #buffers;
  #sources;

  /** @param {HTMLCanvasElement} canvas @throws if there is no WebGL 2 */
  constructor(canvas) {
    const gl = canvas.getContext('webgl2', { antialias: true });
    if (!gl) throw new Error('WebGL 2 is not there');
    this.#gl = gl;
    const program = gl.createProgram();
    for (const [type, text] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
      const shader = gl.createShader(type);
      gl.shaderSource(shader, text);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    gl.useProgram(program);
    this.#window = gl.getUniformLocation(program, 'window');
    this.#buffers = ['place', 'source'].map((name) => {
      const buffer = gl.createBuffer();
      const location = gl.getAttribLocation(program, name);
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.enableVertexAttribArray(location);
      gl.vertexAttribPointer(location, 2, gl.FLOAT, false, 0, 0);
      return buffer;
    });
    this.#triangles = gl.createBuffer();
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.#triangles);
    this.#photo = gl.createTexture();
    this.#inside = gl.createTexture();
  }

  /** @param {import('./photo.js').Photo} photo @param {CanvasImageSource} inside what is behind the lips */
  open({ bitmap, size }, inside) {
    this.#size = size;
    const share = Math.min(1, MOST_PIXELS / Math.max(size.width, size.height));
    const canvas = new OffscreenCanvas(Math.round(share * size.width), Math.round(share * size.height));
    canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    this.#fill(this.#photo, canvas);
    this.#fill(this.#inside, inside);
  }

  /** Takes another face. @param {import('./mesh.js').Mesh} mesh */
  take({ places, triangles }) {
    this.#sources = places.map((one, index) => one / (index % 2 ? this.#size.height : this.#size.width));
    this.#triangleCount = triangles.length;
    this.#gl.bufferData(this.#gl.ELEMENT_ARRAY_BUFFER, triangles, this.#gl.STATIC_DRAW);
  }

  /**
   * Draws.
   * @param {Float32Array} places where the corners of the mesh are now
   * @param {number[]} mouth four corners of what is behind the lips
   * @param {{x: number, y: number, side: number}} crop what is seen of the picture
   */
  draw(places, mouth, { x, y, side }) {
    const gl = this.#gl;
    const { width, height } = this.#size;
    gl.viewport(0, 0, gl.canvas.width, gl.canvas.height);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform4f(this.#window, x, y, side, side);
    this.#strip(this.#photo, CORNERS.map((one, index) => one * (index % 2 ? height : width)));
    this.#strip(this.#inside, mouth);
    gl.bindTexture(gl.TEXTURE_2D, this.#photo);
    this.#load(places, this.#sources);
    gl.drawElements(gl.TRIANGLES, this.#triangleCount, gl.UNSIGNED_SHORT, 0);
  }

  #strip(texture, places) {
    const gl = this.#gl;
    gl.bindTexture(gl.TEXTURE_2D, texture);
    this.#load(new Float32Array(places), new Float32Array(CORNERS));
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
  }

  #load(...arrays) {
    const gl = this.#gl;
    arrays.forEach((array, index) => {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffers[index]);
      gl.bufferData(gl.ARRAY_BUFFER, array, gl.STREAM_DRAW);
    });
  }

  #fill(texture, image) {
    const gl = this.#gl;
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, image);
    gl.generateMipmap(gl.TEXTURE_2D);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  }
}
