// A microphone that hears nothing but what the page plays, 20 dB softer and a tenth of a second later: a loudspeaker in a
// room, without the browser's echo cancellation.
{
  const room = new AudioContext({ sampleRate: 24000 });
  const microphone = room.createMediaStreamDestination();
  const air = new DelayNode(room, { delayTime: 0.1 });
  air.connect(new GainNode(room, { gain: 0.1 })).connect(microphone);
  navigator.mediaDevices.getUserMedia = async () => {
    await room.resume();
    return microphone.stream;
  };
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (target, ...rest) {
    if (target instanceof AudioDestinationNode && !this.context.isInRoom) {
      this.context.isInRoom = true;
      const loudspeaker = new MediaStreamAudioDestinationNode(this.context);
      connect.call(this, loudspeaker);
      room.createMediaStreamSource(loudspeaker.stream).connect(air);
    }
    return connect.call(this, target, ...rest);
  };
}
