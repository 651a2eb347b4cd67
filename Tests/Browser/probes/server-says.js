// Lets a test speak for the server: `serverSays(event)` reaches the page as if it had come over its WebSocket.
{
  let socket;
  globalThis.WebSocket = class extends WebSocket {
    constructor(...all) {
      super(...all);
      socket = this;
    }
  };
  window.serverSays = (event) => socket.onmessage({ data: JSON.stringify(event) });
}
