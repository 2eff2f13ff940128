import Foundation
import Testing

@testable import LinekeeperCarriers

@Suite struct HTTPLimitTests {
    /// An endless answer, or one that is too long.
    private func send(
        _ method: HTTPRequest.Method, _ change: (inout CurlSettings) -> Void = { _ in },
        serve: @escaping @Sendable (RawConnection) -> Void
    ) async throws -> HTTPOutcome {
        let server = try RawServer { connection in
            _ = connection.readRequest()
            serve(connection)
        }
        return await curlTransport(change).send(HTTPRequest(method, server.url()))
    }

    @Test(
        "CAR-07 a body of 1 MiB is taken, one byte more is not",
        arguments: [(1 << 20, true), (1 << 20 + 1, false)], [true, false])
    func bodyMax(size: (Int, isTaken: Bool), hasLength: Bool) async throws {
        let outcome = try await send(.get) { connection in
            connection.write(
                hasLength
                    ? "HTTP/1.1 200 OK\r\nContent-Length: \(size.0)\r\n\r\n"
                    : "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
            connection.write([UInt8](repeating: UInt8(ascii: "x"), count: size.0))
        }
        if size.isTaken {
            #expect(outcome.text?.utf8.count == size.0)
        } else {
            #expect(outcome.unknown?.kind == .answerTooLarge)
        }
    }

    @Test(
        "CAR-07 a body that never ends is broken off", arguments: [HTTPRequest.Method.get, .post])
    func endlessBody(method: HTTPRequest.Method) async throws {
        let outcome = try await send(method) { connection in
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            let chunk = "1000\r\n" + String(repeating: "x", count: 0x1000) + "\r\n"
            while connection.write(chunk) {}
        }
        #expect(
            outcome
                == .unknown(
                    HTTPFailure(.answerTooLarge, "The answer is larger than 1048576 bytes.")))
    }

    @Test(
        "CAR-07 headers that never end are broken off",
        arguments: ["X-A: \(String(repeating: "x", count: 500))\r\n", "HTTP/1.1 103 Early\r\n\r\n"])
    func endlessHeaders(line: String) async throws {
        let outcome = try await send(.post) { connection in
            connection.write("HTTP/1.1 200 OK\r\n")
            while connection.write(line) {}
        }
        #expect(outcome.unknown != nil, "\(outcome)")
    }

    @Test func `CAR-07 a drip of bytes is broken off`() async throws {
        let outcome = try await send(.post, { $0.slowSeconds = 1 }) { connection in
            // Whole after five seconds, should nobody lose patience.
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n")
            for _ in 0..<50 where connection.write("x") { Thread.sleep(forTimeInterval: 0.1) }
        }
        #expect(
            outcome == .unknown(HTTPFailure(.unreachable, "It did not answer in time.")))
    }

    @Test func `CAR-07 a steady answer ends with the time for the whole exchange`() async throws {
        let outcome = try await send(.get, { $0.totalTimeout = .milliseconds(400) }) {
            connection in
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            while connection.write(String(repeating: "x", count: 100)) {
                Thread.sleep(forTimeInterval: 0.02)
            }
        }
        #expect(
            outcome == .unknown(HTTPFailure(.unreachable, "It did not answer in time.")))
    }

    @Test(
        "a header with a line break or a name that is none is not sent",
        arguments: [
            ["X-A": "b\r\nX-C: d"], ["X-A\r\nX-B": "c"], ["X A": "b"], ["": "b"],
            ["X-A": "b\u{0}c"], ["X-A:": "b"],
        ] as [HTTPHeaders])
    func headerInjection(headers: HTTPHeaders) async throws {
        let server = try RawServer { _ in }
        let outcome = await curlTransport().send(
            HTTPRequest(.get, server.url(), headers: headers))
        #expect(outcome.notSent?.kind == .refused)
        #expect(server.connections == 0)
    }
}
