// A browser without WebCodecs, or a page that is neither on localhost nor served over HTTPS.
delete globalThis.VideoDecoder;
