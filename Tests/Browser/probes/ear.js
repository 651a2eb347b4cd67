// Hears the microphone as the page does, by its worklet: `spoken` is a list of `{time, level}`, where `time` is when a
// piece of 20 ms with that RMS came, by performance.now().
{
  const spoken = [];
  globalThis.AudioWorkletNode = class extends AudioWorkletNode {
    constructor(...all) {
      super(...all);
      this.port.addEventListener('message', ({ data }) => spoken.push({ time: performance.now(), level: data.level }));
    }
  };
  window.spoken = spoken;
}
