/** Stands between a client and a server, and breaks what it is told to break. */
import { createConnection, createServer } from 'node:net';
import type { AddressInfo, NetConnectOpts, Socket } from 'node:net';

/** What happens to bytes of the server on their way to the client, whose connection tells one caller from another. */
export type OnAnswer = (bytes: Buffer, client: Socket) => 'pass' | 'drop' | 'cut';
/** What happens to bytes of the client on their way to the server. */
export type OnRequest = OnAnswer;

export class TcpProxy {
  /** New connections are cut at once. */
  refuse = false;
  /** How many were. */
  refused = 0;
  onRequest: OnRequest = () => 'pass';
  onAnswer: OnAnswer = () => 'pass';
  /** Milliseconds by which every answer is held back. */
  delayMs = 0;
  readonly #sockets = new Set<Socket>();
  readonly #silent = new WeakSet<Socket>();
  readonly #server = createServer((near) => this.#connect(near));
  #target: NetConnectOpts = { port: 0, host: '127.0.0.1' };

  /** Listens on a port of 127.0.0.1 at once; what it stands for can be named later. */
  static async listen(): Promise<TcpProxy> {
    const proxy = new TcpProxy();
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** A port of 127.0.0.1, or any other address. */
  forwardTo(target: number | NetConnectOpts): void {
    this.#target = typeof target === 'number' ? { port: target, host: '127.0.0.1' } : target;
  }

  /** Every connection, on both sides. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /**
   * Of the connections that are there nothing passes any more, and neither side hears that the other has gone: packets are
   * lost, as where something on the way has forgotten the connection. Those that come later pass.
   */
  silence(): void {
    for (const socket of this.#sockets) this.#silent.add(socket);
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #connect(near: Socket): void {
    if (this.refuse) {
      this.refused += 1;
      return void near.destroy();
    }
    const far = createConnection(this.#target);
    for (const [socket, peer] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => this.#left(peer));
      socket.on('close', () => {
        this.#sockets.delete(socket);
        this.#left(peer);
      });
    }
    near.on('data', (bytes) => this.#pass(this.onRequest(bytes, near), near, () => far.write(bytes)));
    far.on('data', (bytes) =>
      this.#pass(this.onAnswer(bytes, near), near, () => {
        if (this.delayMs === 0) near.write(bytes);
        else setTimeout(() => near.write(bytes), this.delayMs);
      }),
    );
  }

  #left(peer: Socket): void {
    if (!this.#silent.has(peer)) peer.destroy();
  }

  #pass(verdict: ReturnType<OnAnswer>, near: Socket, forward: () => void): void {
    if (this.#silent.has(near)) return;
    if (verdict === 'pass') forward();
    if (verdict === 'cut') near.destroy();
  }
}
