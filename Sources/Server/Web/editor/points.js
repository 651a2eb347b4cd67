// The places of a face that make a rig, as the server names them. Left and right are the viewer's.

/** In the order in which they are placed: group by group, from the top of the face down. */
export const GROUPS = [
  {
    id: 'eyes', title: 'Eyes', points: [
      { name: 'left_eye_outer', label: 'Left eye, outer corner', hint: 'Where the lids meet at the temple.' },
      { name: 'left_eye_top', label: 'Left eye, upper lid', hint: 'The highest point of the open eye, at the lashes.' },
      { name: 'left_eye_inner', label: 'Left eye, inner corner', hint: 'Where the lids meet at the nose.' },
      { name: 'left_eye_bottom', label: 'Left eye, lower lid', hint: 'The lowest point of the open eye.' },
      { name: 'right_eye_inner', label: 'Right eye, inner corner', hint: 'Where the lids meet at the nose.' },
      { name: 'right_eye_top', label: 'Right eye, upper lid', hint: 'The highest point of the open eye, at the lashes.' },
      { name: 'right_eye_outer', label: 'Right eye, outer corner', hint: 'Where the lids meet at the temple.' },
      { name: 'right_eye_bottom', label: 'Right eye, lower lid', hint: 'The lowest point of the open eye.' },
    ],
  },
  {
    id: 'brows', title: 'Brows', points: [
      { name: 'left_brow', label: 'Left brow', hint: 'The middle of the brow.' },
      { name: 'right_brow', label: 'Right brow', hint: 'The middle of the brow.' },
    ],
  },
  {
    id: 'nose', title: 'Nose', points: [
      { name: 'nose', label: 'Base of the nose', hint: 'Below the tip, between the nostrils.' },
    ],
  },
  {
    id: 'mouth', title: 'Mouth', points: [
      { name: 'mouth_left', label: 'Left corner of the mouth', hint: 'Where the lips end, on their line.' },
      { name: 'upper_lip', label: 'Edge of the upper lip', hint: 'Where its red begins, below the nose.' },
      { name: 'lip_line', label: 'Where the lips meet', hint: 'On the dark line between them, below the nose.' },
      { name: 'lower_lip', label: 'Edge of the lower lip', hint: 'Where its red ends, in the middle.' },
      { name: 'mouth_right', label: 'Right corner of the mouth', hint: 'Where the lips end, on their line.' },
    ],
  },
  {
    id: 'head', title: 'Jaw and head', points: [
      { name: 'jaw_left', label: 'Left edge of the face', hint: 'The outline of the jaw, as high as the mouth.' },
      { name: 'chin', label: 'Chin', hint: 'The lowest point of the face.' },
      { name: 'jaw_right', label: 'Right edge of the face', hint: 'The outline of the jaw, as high as the mouth.' },
      { name: 'head_top', label: 'Top of the head', hint: 'The highest point, hair included.' },
    ],
  },
];

export const POINTS = GROUPS.flatMap(({ points }) => points);

export const NAMES = POINTS.map(({ name }) => name);
