// What has been said, by whom.

/**
 * One contribution.
 * @typedef {{id: string, role: 'user' | 'assistant', text: string, durationMs: number, levels: number[],
 *   cues: {atMs: number, text: string}[], state: 'arriving' | 'done' | 'interrupted' | 'unclear'}} Item
 *   `text` is empty for speech without a transcript; `levels` draw it instead. `cues` are the parts of `text`, and when
 *   each begins to be heard. `unclear` is speech that could not be transcribed.
 */

/** The items in their order. Event: `item` (detail: the Item that is new, or has changed). */
export class Conversation extends EventTarget {
  #items = new Map();

  /** Adds an item, or changes the given properties of the one with this `id`. */
  put(properties) {
    const blank = { text: '', durationMs: 0, levels: [], cues: [], state: 'done' };
    const item = { ...blank, ...this.#items.get(properties.id), ...properties };
    this.#items.set(item.id, item);
    this.dispatchEvent(new CustomEvent('item', { detail: item }));
  }

  /** The item with this id. @returns {Item | undefined} */
  get(id) {
    return this.#items.get(id);
  }

  /** @returns {Item[]} oldest first. */
  get items() {
    return [...this.#items.values()];
  }
}
