/** Stands between a client and a server, and breaks what it is told to break. */
import { createConnection, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** What happens to bytes of the server on their way to the client. */
export type OnAnswer = (bytes: Buffer) => 'pass' | 'drop' | 'cut';
/** What happens to bytes of the client on their way to the server. */
export type OnRequest = OnAnswer;

export class TcpProxy {
  /** New connections are cut at once. */
  refuse = false;
  onRequest: OnRequest = () => 'pass';
  onAnswer: OnAnswer = () => 'pass';
  /** Milliseconds by which every answer is held back. */
  delayMs = 0;
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((near) => this.#connect(near));
  #target = 0;

  /** Listens on a port of 127.0.0.1 at once; what it stands for can be named later. */
  static async listen(): Promise<TcpProxy> {
    const proxy = new TcpProxy();
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  forwardTo(port: number): void {
    this.#target = port;
  }

  /** Every connection, on both sides. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #connect(near: Socket): void {
    if (this.refuse) return void near.destroy();
    const far = createConnection(this.#target, '127.0.0.1');
    for (const [socket, peer] of [[near, far], [far, near]] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => peer.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        peer.destroy();
      });
    }
    near.on('data', (bytes) => this.#pass(this.onRequest(bytes), near, () => far.write(bytes)));
    far.on('data', (bytes) => this.#pass(this.onAnswer(bytes), near, () => {
      if (this.delayMs === 0) near.write(bytes);
      else setTimeout(() => near.write(bytes), this.delayMs);
    }));
  }

  #pass(verdict: ReturnType<OnAnswer>, near: Socket, forward: () => void): void {
    if (verdict === 'pass') forward();
    if (verdict === 'cut') near.destroy();
  }
}
