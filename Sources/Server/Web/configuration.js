// The user's settings in the words of the protocol.

/** What a turn includes of the sound before its first word, in milliseconds. */
const PREFIX_PADDING_MS = 300;

/**
 * The `session.update` that tells the server the settings.
 * @param {{voice: string, threshold: number, silenceMs: number, handsFree: boolean}} settings
 */
export function configuration({ voice, threshold, silenceMs, handsFree }) {
  const detection = {
    type: 'server_vad', threshold, prefix_padding_ms: PREFIX_PADDING_MS, silence_duration_ms: silenceMs,
    create_response: true, interrupt_response: true,
  };
  // Responders that do not know the words of what they hear leave the transcription out.
  const audio = { input: { turn_detection: handsFree ? detection : null, transcription: {} } };
  if (voice) audio.output = { voice };
  return { type: 'session.update', session: { type: 'realtime', audio, video: { transport: 'binary' } } };
}
