// Something to click for those who do not know what to say.

const sentences = (name) => [
  ['Say hello', `Hello! I am ${name}. It is lovely to see you, face to face.`],
  ['Introduce yourself',
    `My name is ${name}. I live in this page, I speak whatever you type, and when you talk to me I answer in `
    + 'your own voice. My lips follow every sound.'],
  ['Try a tongue twister', 'Peter Piper picked a peck of pickled peppers. How many pickled peppers did he pick?'],
];

/** Shows sentences that `name` can say. @param {(text: string) => void} say */
export function showSuggestions(place, name, say) {
  place.replaceChildren(...sentences(name).map(([label, text]) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'suggestion';
    button.textContent = label;
    button.title = text;
    button.addEventListener('click', () => say(text));
    return button;
  }));
}
