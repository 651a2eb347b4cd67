// Reads the audio device's clock beside the page: `readings` of getOutputTimestamp, and the `pieces` of sound that
// were given to the device, in its own time.
{
  const readings = [];
  const pieces = [];
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (when, ...rest) {
    const { context } = this;
    pieces.push({ when: when * 1000, duration: this.buffer.duration * 1000 });
    if (!context.isRead) {
      context.isRead = true;
      setInterval(() => {
        const { contextTime, performanceTime } = context.getOutputTimestamp();
        readings.push({ audio: contextTime * 1000, performance: performanceTime });
      }, 20);
    }
    return start.call(this, when, ...rest);
  };
  window.readings = readings;
  window.pieces = pieces;
}
