// What both sides are doing, as far as the page knows.

export class Activity {
  /** True once the server has created the session. */
  isReady = false;
  /** True while an answer is awaited. */
  isThinking = false;
  /** True while an answer is heard. */
  isSpeaking = false;
  /** True while the user speaks. */
  hearsUser = false;

  /**
   * @param {boolean} isHandsFree whether the user may speak at any time.
   * @returns {'offline' | 'idle' | 'listening' | 'thinking' | 'speaking'}
   */
  status(isHandsFree) {
    if (!this.isReady) return 'offline';
    if (this.isSpeaking) return 'speaking';
    if (this.isThinking) return 'thinking';
    return this.hearsUser || isHandsFree ? 'listening' : 'idle';
  }

  /** What the avatar does while it does not speak. @returns {'idle' | 'listening' | 'thinking'} */
  get pose() {
    if (this.hearsUser) return 'listening';
    return this.isReady && this.isThinking && !this.isSpeaking ? 'thinking' : 'idle';
  }
}
