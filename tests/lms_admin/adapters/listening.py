"""A server of a few lines on this machine, which says what a test wants said, byte by byte."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Say: TypeAlias = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Listening:
    """A port that answers, and each request that came, head and body together."""

    port: int
    heard: list[bytes] = field(default_factory=list)
    connections: int = 0


@asynccontextmanager
async def listening(say: Say, *, tls: ssl.SSLContext | None = None) -> AsyncIterator[Listening]:
    """Answer each request with what `say` writes; a connection is closed once it was answered."""
    told = Listening(port=0)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        told.connections += 1
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            lengths = [line[15:] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
            told.heard.append(head + await reader.readexactly(int(lengths[0]) if lengths else 0))
            await say(writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async with AsyncExitStack() as ending:
        answering: set[asyncio.Task[None]] = set()

        def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            answering.add(asyncio.create_task(answer(reader, writer)))

        server = await ending.enter_async_context(await asyncio.start_server(accept, "127.0.0.1", 0, ssl=tls))
        told.port = server.sockets[0].getsockname()[1]
        yield told
        server.close()
        for task in answering:
            task.cancel()
        await asyncio.gather(*answering, return_exceptions=True)
        for _ in range(10):  # a handshake that was broken off comes to its end
            await asyncio.sleep(0)


def saying(*parts: bytes) -> Say:
    """Say these bytes."""

    async def say(writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()

    return say


def certificate_for(name: str, folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Make a certificate for a host and return what its server, and who trusts it, work with."""
    key = ec.generate_private_key(ec.SECP256R1())
    issued = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(issued)
        .issuer_name(issued)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    both = folder / "both.pem"
    pem = serialization.Encoding.PEM
    both.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(pem)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(both)
    return server, ssl.create_default_context(cadata=certificate.public_bytes(pem).decode())
