// Listens to everything that the page plays: `heard` is a list of `{time, level}`, where `time` is when a sound of
// that RMS left the loudspeaker, by performance.now().
{
  const heard = [];
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (target, ...rest) {
    if (target instanceof AudioDestinationNode && !this.context.isHeard) {
      const { context } = this;
      context.isHeard = true;
      const ear = new AnalyserNode(context, { fftSize: 256, smoothingTimeConstant: 0 });
      connect.call(this, ear);
      const samples = new Float32Array(256);
      setInterval(() => {
        ear.getFloatTimeDomainData(samples);
        const energy = samples.reduce((sum, sample) => sum + sample * sample, 0);
        // What the graph has just computed waits in the device's buffer.
        const { contextTime, performanceTime } = context.getOutputTimestamp();
        const time = performanceTime + (context.currentTime - contextTime) * 1000;
        heard.push({ time, level: Math.sqrt(energy / samples.length) });
        if (heard.length > 20_000) heard.shift();
      }, 4);
    }
    return connect.call(this, target, ...rest);
  };
  window.heard = heard;
}
