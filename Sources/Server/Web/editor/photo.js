// A photo that somebody chose: its file as it is, and its pixels upright.

/** What browsers and the server can both read. */
export const TYPES = ['image/jpeg', 'image/png', 'image/webp'];

export class Photo {
  /** @throws {DOMException} if it is no picture. */
  static async read(file) {
    return new Photo(file, await createImageBitmap(file));
  }

  constructor(file, bitmap) {
    this.file = file;
    this.bitmap = bitmap;
    this.size = { width: bitmap.width, height: bitmap.height };
  }

  /** Without what follows the last dot. */
  get name() {
    return this.file.name.replace(/\.[^.]*$/, '');
  }

  /** The bytes of the file, for JSON. @returns {Promise<string>} */
  base64() {
    return new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(this.file);
    });
  }
}
