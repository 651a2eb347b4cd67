// What the editor asks of the server.

import { parse } from './landmarks.js';

/** How long a detector may think. */
const DETECTION_MS = 30_000;

/** The server's answer is no. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Where the face is in a picture. @throws {Refusal} @param {Blob} picture */
export async function detect(picture) {
  const { landmarks } = await post('/v1/avatars/landmarks', {
    headers: { 'Content-Type': picture.type }, body: picture, signal: AbortSignal.timeout(DETECTION_MS),
  });
  return parse(landmarks);
}

/**
 * Makes an avatar.
 * @param {{name: string, picture: string, landmarks: object}} avatar the picture in base64, the landmarks as files have them
 * @throws {Refusal}
 * @returns {Promise<{id: string, note: string[]}>}
 */
export function create(avatar) {
  return post('/v1/avatars', { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(avatar) });
}

async function post(url, options) {
  const response = await fetch(url, { method: 'POST', ...options });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(response.status, answer.error?.message ?? response.statusText);
  return answer;
}
