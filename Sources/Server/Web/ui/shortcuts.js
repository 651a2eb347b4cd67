// The keyboard: space talks, Esc interrupts.

/** @param {Talk} talk @param {Session} session */
export function bindShortcuts(talk, session) {
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !document.querySelector('dialog[open]')) session.interrupt();
    if (event.code !== 'Space' || !meansTalking(event.target)) return;
    event.preventDefault();
    if (!event.repeat) talk.press();
  });
  document.addEventListener('keyup', (event) => {
    if (event.code !== 'Space' || !meansTalking(event.target)) return;
    event.preventDefault();
    talk.release();
  });
  // The key may go up in another window.
  window.addEventListener('blur', () => talk.release());
}

/** Space belongs to text boxes, buttons and dialogs when they have the focus; but the microphone button talks too. */
function meansTalking(target) {
  if (target.id === 'mic') return true;
  return !target.closest('input, textarea, select, button, dialog, [contenteditable]');
}
