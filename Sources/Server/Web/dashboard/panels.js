// What the dashboard shows: the one place to change for another figure. Names of metrics: docs/telemetry.md.

import { t } from '../language.js';
import { STEPS } from '../timeline.js';
import { bytes, bytesPerSecond, percent, plain, seconds } from './units.js';

/** What is allowed has the name of the device, and this. */
const ALLOWED = ' allowed';
const IN_BATCHES = 'Filled by engines that work in batches.';

/**
 * A panel: `read` gives the value of each of its lines now, null where there is none; `format` writes a value;
 * `ceiling` is the least that the scale reaches, `isShare` says that it ends at 100 %. `hint` says who fills it. Lines
 * are labelled with their names, or with what `label` makes of them. Texts are translated when they are shown. Where there
 * are `steps` instead of `read`, it is a waterfall of them.
 */
export const PANELS = [
  {
    title: 'Sessions', format: plain, ceiling: 4,
    read: (history) => ({
      connected: history.value('visavis_sessions'), speaking: history.value('visavis_sessions_speaking'),
    }),
  },
  {
    title: 'Frames a second', format: plain, ceiling: 25, tones: { late: 'warning', dropped: 'danger' },
    hint: 'Frames are made while somebody speaks.',
    read: (history) => ({
      made: history.rate('visavis_frames_made_total'), late: history.rate('visavis_frames_late_total'),
      dropped: history.rate('visavis_frames_dropped_total'),
    }),
  },
  {
    title: 'First frame', note: 'over 30 s', format: seconds, ceiling: 0.02,
    hint: 'Filled when an answer begins.',
    read: (history) => quantiles(history, 'visavis_first_frame_seconds', 30),
  },
  {
    title: 'Steps of an answer', note: 'since the user’s last word', format: seconds,
    hint: 'Filled when somebody who spoke is answered.',
    steps: (history) => Object.entries(STEPS).map(([step, name]) => ({
      step, name,
      median: history.quantile('visavis_response_step_seconds', 0.5, 60, { step }),
      most: history.quantile('visavis_response_step_seconds', 0.95, 60, { step }),
    })),
  },
  {
    title: 'A/V skew', note: 'as clients report it', format: seconds, ceiling: 0.01,
    hint: 'Filled by pages that are open while somebody speaks.',
    read: (history) => quantiles(history, 'visavis_av_skew_seconds', 10),
  },
  {
    title: 'Encoder', note: 'one frame to H.264', format: seconds, ceiling: 0.002,
    hint: 'Filled while somebody speaks.',
    read: (history) => quantiles(history, 'visavis_encoder_seconds', 5),
  },
  {
    title: 'Network', note: 'of sessions', format: bytesPerSecond, ceiling: 10_000,
    read: (history) => ({
      sent: history.rate('visavis_sent_bytes_total'), received: history.rate('visavis_received_bytes_total'),
    }),
  },
  {
    title: 'Batch size', format: plain, ceiling: 4, hint: IN_BATCHES,
    read: (history) => ({
      ...perDevice(history, 'visavis_batch_size_count', (device) => history.mean('visavis_batch_size', 5, device)),
      ...perDevice(
        history, 'visavis_batch_size_current', (device) => history.value('visavis_batch_size_current', device),
        (name) => name + ALLOWED),
    }),
    isDashed: (name) => name.endsWith(ALLOWED),
    label: (name) => (
      name.endsWith(ALLOWED) ? t('{device} allowed', { device: name.slice(0, -ALLOWED.length) }) : name),
  },
  {
    title: 'Queue wait', note: '95 % within', format: seconds, ceiling: 0.02, hint: IN_BATCHES,
    read: (history) => perDevice(history, 'visavis_queue_wait_seconds_count',
      (device) => history.quantile('visavis_queue_wait_seconds', 0.95, 5, device)),
  },
  {
    title: 'Inference', note: 'mean, by batch size', format: seconds, ceiling: 0.02,
    hint: IN_BATCHES, label: (size) => t('batch of {size}', { size }),
    read: (history) => Object.fromEntries(
      history.values('batch_size', 'visavis_inference_seconds_count').map(
        (size) => [size, history.mean('visavis_inference_seconds', 10, { batch_size: size })])),
  },
  {
    title: 'Memory', format: percent, isShare: true, hint: 'Filled where a device’s memory can be read.',
    read: (history) => perDevice(
      history, 'visavis_device_memory_share', (device) => history.value('visavis_device_memory_share', device)),
    detail: (history, name) => {
      const used = history.value('visavis_device_memory_used_bytes', { device: name });
      const total = history.value('visavis_device_memory_total_bytes', { device: name });
      return used === null || total === null ? '' : t('{used} of {total}', { used: bytes(used), total: bytes(total) });
    },
  },
  {
    title: 'Utilisation', format: percent, isShare: true, hint: 'Filled where a device says how busy it is.',
    read: (history) => perDevice(
      history, 'visavis_device_utilisation', (device) => history.value('visavis_device_utilisation', device)),
  },
  {
    title: 'Refused, out of memory', note: 'in the last minute', format: plain, ceiling: 4,
    tones: { refused: 'warning', 'out of memory': 'danger' },
    read: (history) => ({
      refused: history.growth('visavis_capacity_refused_total', 60),
      'out of memory': history.growth('visavis_out_of_memory_total', 60),
    }),
  },
];

/** The numbers at the top: `read` gives `[text, small print, tone]`, or null. */
export const TILES = [
  {
    title: 'Speaking',
    read: (history) => text(history.value('visavis_sessions_speaking'), plain,
      (connected) => t('of {connected} connected', { connected }), history.value('visavis_sessions')),
  },
  {
    title: 'Frames',
    read: (history) => text(history.rate('visavis_frames_made_total'), (rate) => `${Math.round(rate)} /s`),
  },
  {
    title: 'On time',
    read: (history) => {
      // Where there was no time for a mouth, the frame came all the same.
      const repeated = history.growth('visavis_frames_dropped_total', 10, { reason: 'deadline' }) ?? 0;
      const sent = history.growth('visavis_frames_made_total', 10) + repeated;
      if (!sent) return null;
      const share = 1 - (history.growth('visavis_frames_late_total', 10) ?? 0) / sent;
      return [percent(Math.floor(share * 1000) / 1000), t('of frames, last 10 s'), share < 0.99 ? 'danger' : 'good'];
    },
  },
  {
    title: 'First frame',
    read: (history) => text(history.quantile('visavis_first_frame_seconds', 0.5, 60), seconds,
      (p95) => t('95 % within {p95}', { p95 }), history.quantile('visavis_first_frame_seconds', 0.95, 60), seconds),
  },
  {
    title: 'A/V skew',
    read: (history) => text(history.quantile('visavis_av_skew_seconds', 0.5, 30), seconds,
      (p95) => t('95 % within {p95}', { p95 }), history.quantile('visavis_av_skew_seconds', 0.95, 30), seconds),
  },
  {
    title: 'Memory',
    read: (history) => {
      const shares = history.values('device', 'visavis_device_memory_share').map(
        (device) => [history.value('visavis_device_memory_share', { device }), device]);
      if (shares.length === 0) return null;
      const [share, device] = shares.reduce((fullest, one) => (one[0] > fullest[0] ? one : fullest));
      return [percent(share), t('of {device}', { device }), share > 0.9 ? 'danger' : ''];
    },
  },
];

/** What somebody should look at now. */
export function alarms(history) {
  const devices = (name, isBad) => history.values('device', name).filter(
    (device) => isBad(history.value(name, { device })));
  return [
    ...devices('visavis_device_up', (up) => up === 0).map((device) => t('{device} has failed.', { device })),
    ...devices('visavis_memory_alarm', (on) => on > 0).map(
      (device) => t('The memory of {device} is nearly full: batches are held small.', { device })),
  ];
}

function quantiles(history, name, window) {
  return { median: history.quantile(name, 0.5, window), '95 % within': history.quantile(name, 0.95, window) };
}

function perDevice(history, name, read, label = (device) => device) {
  return Object.fromEntries(
    history.values('device', name).map((device) => [label(device), read({ device })]));
}

function text(value, format, smallPrint = () => '', detail = null, formatDetail = plain) {
  return value === null ? null : [format(value), detail === null ? '' : smallPrint(formatDetail(detail)), ''];
}
