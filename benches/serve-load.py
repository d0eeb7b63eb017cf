#!/usr/bin/env python3
"""Load figures of `detente serve` on loopback: CPU for a short article beside that of the program, times at half load,
memory over many requests, and what happens to requests beyond the limit.

    benches/serve-load.py target/release/detente [REQUESTS]

CPU seconds are those of the server's process, so the client does not count.
"""

import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
ARTICLE = (ROOT / "data/example/2033-01-12-harbour-wire.txt").read_text()


class Server:
    def __init__(self, program, *arguments):
        command = [program, "serve", "--port", "0", "--quiet", *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        host, port = self.process.stdout.readline().strip().removeprefix("http://").rstrip("/").rsplit(":", 1)
        self.place = (host, int(port))

    def cpu(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self):
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return 0

    def end(self):
        self.process.terminate()
        return self.process.wait(timeout=60)


class Client:
    """A connection that is used again and again."""

    def __init__(self, server, body):
        self.server = server
        head = f"POST /v1/score HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self.request = head.encode() + body
        self.socket = None

    def send(self):
        """The status of a request, and the seconds that it took."""
        start = time.perf_counter()
        try:
            if self.socket is None:
                self.socket = socket.create_connection(self.server.place, timeout=30)
                self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.socket.sendall(self.request)
            answer = self.socket.recv(1 << 20)
            head, _, body = answer.partition(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            while len(body) < length:
                body += self.socket.recv(1 << 20)
            return int(head.split(b" ")[1]), time.perf_counter() - start
        except (OSError, IndexError, ValueError):
            self.socket = None
            return 0, time.perf_counter() - start


def load(server, body, clients, requests, rate=None):
    """Sends requests from several clients; returns the statuses with their times, and the seconds of it all."""
    found, lock, start = [], threading.Lock(), time.perf_counter()
    left = [requests]

    def work(number):
        client, mine = Client(server, body), []
        while True:
            with lock:
                if left[0] == 0:
                    break
                left[0] -= 1
                turn = requests - left[0]
            if rate:
                time.sleep(max(0.0, start + turn / rate - time.perf_counter()))
            mine.append(client.send())
        with lock:
            found.extend(mine)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found, time.perf_counter() - start


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))] * 1000


def main(program, requests):
    record = json.dumps({"id": "a", "date": "2033-01-12", "text": ARTICLE}).encode()
    print(f"article of {len(ARTICLE)} bytes")
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
        lines = [json.dumps({"id": str(number), "date": "2033-01-12", "text": ARTICLE}) for number in range(20_000)]
        file.write(("\n".join(lines) + "\n").encode())
        file.flush()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [program, "score", "--format", "jsonl", "--jobs", "1", "--quiet", file.name]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    in_process = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    server = Server(program)
    load(server, record, 4, 2_000)
    at = server.cpu()
    load(server, record, 4, 20_000)
    served = server.cpu() - at
    print(f"CPU for 20,000 articles: program {in_process:.2f} s, server {served:.2f} s, ratio {served / in_process:.2f}")
    _, took = load(server, record, 8, 10_000)
    full = 10_000 / took
    found, _ = load(server, record, 8, int(full * 5), rate=full / 2)
    times = [seconds for _, seconds in found]
    print(f"at most {full:.0f} requests/s; at half of that p50 {percentile(times, .5):.1f} ms, p99 {percentile(times, .99):.1f} ms")
    memory = [server.memory()]
    for _ in range(4):
        load(server, record, 8, requests // 4)
        memory.append(server.memory())
    print(f"memory over {requests} requests: {', '.join(f'{value:.0f}' for value in memory)} MB")
    long = json.dumps({"id": "a", "date": "2033-01-12", "text": ARTICLE * 40}).encode()
    found, took = load(server, long, 8, 1_000)
    useful = len(found) / took
    found, took = load(server, long, 200, 6_000)
    counts = {status: sum(1 for found_status, _ in found if found_status == status) for status in {s for s, _ in found}}
    slowest = max(seconds for _, seconds in found)
    done = counts.get(200, 0) / took
    print(f"200 clients: {counts}, slowest {slowest:.1f} s, {done:.0f} useful/s beside {useful:.0f} with 8, memory {server.memory():.0f} MB")
    print(f"ends with {server.end()}")


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 200_000)
