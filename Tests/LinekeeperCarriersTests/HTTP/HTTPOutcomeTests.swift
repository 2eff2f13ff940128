import Foundation
import Testing

@testable import LinekeeperCarriers

@Suite struct HTTPOutcomeTests {
    private let transport = curlTransport()

    @Test func `the whole answer comes back: status, headers in any case, body`() async throws {
        let server = try RawServer { connection in
            _ = connection.readRequest()
            connection.write(
                answer("{\"a\":1}", status: "404 Not Found", headers: "X-Thing:  two words \r\n"))
        }
        let outcome = await transport.send(HTTPRequest(.get, server.url("/x")))
        guard case .response(let response) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(response.status == 404)
        #expect(response.headers["x-tHING"] == "two words")
        #expect(response.body == Array("{\"a\":1}".utf8))
    }

    @Test(
        "method, path, headers and body arrive as they were given",
        arguments: HTTPRequest.Method.allCases, [nil, [], Array("PhoneNumber=%2B1".utf8)])
    func content(method: HTTPRequest.Method, body: [UInt8]?) async throws {
        let server = try RawServer { connection in
            guard let request = connection.readRequest() else { return }
            let sent = [
                request.method, request.target, request.header("authorization") ?? "-",
                request.header("x-empty") ?? "-", request.header("expect") ?? "-",
                request.header("accept-encoding") ?? "-", request.header("user-agent") ?? "-",
                String(decoding: request.body, as: UTF8.self),
            ]
            connection.write(answer(sent.joined(separator: "|")))
        }
        let outcome = await transport.send(
            HTTPRequest(
                method, server.url("/a/../b?page%5Bsize%5D=2"),
                headers: ["Authorization": "Basic abc", "X-Empty": ""], body: body))
        let text = String(decoding: body ?? [], as: UTF8.self)
        #expect(
            outcome.text
                == "\(method.rawValue)|/a/../b?page%5Bsize%5D=2|Basic abc||-|-|linekeeper|\(text)")
    }

    @Test func `an interim answer is passed over`() async throws {
        let server = try RawServer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n" + answer("ok"))
        }
        let outcome = await transport.send(HTTPRequest(.post, server.url()))
        guard case .response(let response) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(response.status == 200)
        #expect(response.headers["x-early"] == nil)
    }

    @Test(
        "CAR-03 a connection that does not come about sent nothing",
        arguments: HTTPRequest.Method.allCases)
    func refusedConnection(method: HTTPRequest.Method) async throws {
        let port = try RawServer { _ in }.port
        let outcome = await transport.send(HTTPRequest(method, "http://127.0.0.1:\(port)/"))
        #expect(outcome.notSent?.kind == .unreachable)
    }

    @Test func `CAR-11 a host name that cannot be resolved sent nothing`() async {
        let outcome = await transport.send(HTTPRequest(.post, "https://carrier.invalid/buy"))
        #expect(outcome.notSent?.kind == .unreachable)
    }

    @Test func `CAR-03 a TLS handshake that nobody answers sent nothing`() async throws {
        let server = try RawServer { connection in while !connection.read().isEmpty {} }
        let outcome = await curlTransport { $0.connectTimeout = .milliseconds(400) }.send(
            HTTPRequest(.post, "https://127.0.0.1:\(server.port)/buy"))
        #expect(
            outcome
                == .notSent(
                    HTTPFailure(.unreachable, "It did not accept a connection in time.")))
    }

    @Test func `CAR-03 a server that speaks no TLS was sent nothing`() async throws {
        let server = try RawServer { connection in
            _ = connection.read()
            connection.write("HTTP/1.1 400 Bad Request\r\n\r\n")
        }
        let outcome = await transport.send(
            HTTPRequest(.post, "https://127.0.0.1:\(server.port)/buy"))
        #expect(outcome.notSent?.kind == .unreachable)
    }

    @Test(
        "CAR-03 cut off at any byte of the request, in order or by a reset, nobody knows",
        arguments: [HTTPRequest.Method.get, .post], [false, true])
    func requestCut(method: HTTPRequest.Method, reset: Bool) async throws {
        let wire = Mutexed(0)
        let server = try RawServer { connection in
            let bytes = connection.read(exactly: wire.value)
            wire.value = bytes.count
            if reset { connection.resetWhenClosed() }
        }
        let request = HTTPRequest(
            method, server.url("/v2/number_orders"), headers: ["Authorization": "Bearer x"],
            body: method == .post ? Array("{\"customer_reference\":\"o-1\"}".utf8) : nil)
        // More than there is: the server waits for the rest until we give up, and tells the size.
        wire.value = 1_000
        var hasty = request
        hasty.timeout = .milliseconds(200)
        #expect(await transport.send(hasty).unknown?.kind == .unreachable)
        let size = try #require(await eventually { wire.value < 1_000 ? wire.value : nil })
        #expect(size > 80)
        for count in 0...size {
            wire.value = count
            let outcome = await transport.send(request)
            // A reset may come before libcurl has noticed that it is connected.
            let isEarly = reset && count == 0 && outcome.notSent?.kind == .unreachable
            #expect(
                isEarly || outcome.unknown?.kind == .unreachable, "after \(count) bytes: \(outcome)"
            )
        }
    }

    @Test(
        "CAR-01 CAR-08 cut off at any byte of the answer, nobody knows; whole, it is an answer",
        arguments: [
            answer("{\"sid\":\"PN1\"}", status: "201 Created"),
            "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "7\r\n{\"sid\":\r\n6\r\n\"PN1\"}\r\n0\r\n",
        ])
    func answerCut(whole: String) async throws {
        let sent = Mutexed(0)
        let server = try RawServer { connection in
            _ = connection.readRequest()
            // The last chunk's empty line says nothing more about the body.
            connection.write((whole + "\r\n").utf8.prefix(sent.value))
        }
        for count in 0..<whole.utf8.count {
            sent.value = count
            let outcome = await transport.send(
                HTTPRequest(.post, server.url(), body: Array("PhoneNumber=%2B15005550006".utf8)))
            #expect(outcome.unknown?.kind == .unreachable, "after \(count) bytes: \(outcome)")
        }
        sent.value = .max
        let outcome = await transport.send(HTTPRequest(.post, server.url()))
        #expect(outcome.status == 201)
        #expect(outcome.text == "{\"sid\":\"PN1\"}")
    }

    @Test(
        "CAR-08 an answer that is no proper HTTP is none",
        arguments: [
            "garbage\r\n\r\n", "HTTP/1.1 2OO OK\r\n\r\n",
            "HTTP/1.1 999 No\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nshort",
            "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nx",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx",
        ])
    func improper(wire: String) async throws {
        let server = try RawServer { connection in
            _ = connection.readRequest()
            connection.write(wire)
        }
        let outcome = await transport.send(HTTPRequest(.post, server.url()))
        #expect(outcome.unknown != nil, "\(outcome)")
    }

    @Test func `CAR-01 an answer that does not come in time leaves a purchase unknown`()
        async throws
    {
        let server = try RawServer { connection in
            _ = connection.readRequest()
            _ = connection.read()
        }
        let outcome = await transport.send(
            HTTPRequest(.post, server.url(), timeout: .milliseconds(150)))
        #expect(
            outcome == .unknown(HTTPFailure(.unreachable, "It did not answer in time.")))
    }

    @Test func `a request whose time is over is not sent`() async throws {
        let server = try RawServer { connection in connection.write(answer("")) }
        let outcome = await transport.send(HTTPRequest(.post, server.url(), timeout: .zero))
        #expect(outcome.notSent?.kind == .cancelled)
        #expect(server.connections == 0)
    }
}
