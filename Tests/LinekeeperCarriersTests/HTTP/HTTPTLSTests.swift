import Foundation
import Testing

@testable import LinekeeperCarriers

@Suite struct HTTPTLSTests {
    private func transport(trusting file: String?) -> CurlTransport {
        curlTransport {
            $0.authorityFile = file
        }
    }

    @Test(
        "CAR-10 a carrier with a valid certificate is spoken to",
        arguments: ["127.0.0.1", "localhost"])
    func valid(host: String) async throws {
        let authority = try TestAuthority()
        let server = try TLSServer(authority)
        let outcome = await transport(trusting: authority.authorityFile)
            .send(HTTPRequest(.get, server.url(host: host)))
        #expect(outcome.status == 200, "\(outcome)")
    }

    @Test(
        "CAR-10 a certificate that is no proof is sent nothing",
        arguments: [
            (TestAuthority.Server.selfSigned, "self-signed certificate"),
            (.otherHost, "no alternative certificate subject name matches"),
            (.expired, "certificate has expired"),
        ])
    func invalid(server kind: TestAuthority.Server, words: String) async throws {
        let authority = try TestAuthority(kind)
        let server = try TLSServer(authority)
        let outcome = await transport(trusting: authority.authorityFile)
            .send(HTTPRequest(.post, server.url()))
        let failure = try #require(outcome.notSent)
        #expect(failure.kind == .unreachable)
        #expect(failure.sentence.hasPrefix("Its certificate cannot be trusted: "))
        #expect(failure.sentence.contains(words), "\(failure.sentence)")
    }

    @Test func `CAR-10 an authority that the system does not know is not trusted`() async throws {
        let authority = try TestAuthority()
        let server = try TLSServer(authority)
        let outcome = await transport(trusting: nil).send(HTTPRequest(.post, server.url()))
        #expect(outcome.notSent?.sentence.hasPrefix("Its certificate cannot be trusted: ") == true)
    }

    @Test func `CAR-10 TLS older than 1.2 is not spoken`() async throws {
        let authority = try TestAuthority()
        let server = try TLSServer(authority, "-tls1_1 -cipher DEFAULT@SECLEVEL=0")
        let outcome = await transport(trusting: authority.authorityFile)
            .send(HTTPRequest(.post, server.url()))
        #expect(outcome.notSent?.sentence.hasPrefix("No TLS connection came about: ") == true)
    }

    @Test(
        "CAR-03 cut off within the handshake nothing was sent, afterwards nobody knows",
        arguments: [false, true])
    func cutWithinTLS(reset: Bool) async throws {
        let authority = try TestAuthority()
        let server = try TLSServer(authority)
        let transport = transport(trusting: authority.authorityFile)
        var outcomes: [Character] = []
        // A ClientHello has more than 200 bytes, a whole exchange fewer than 4,000.
        for limit in [0, 1, 5, 100, 200] + Array(stride(from: 400, to: 900, by: 9)) + [4_000] {
            let proxy = try cuttingProxy(to: server.port, afterClientBytes: limit, reset: reset)
            // A body that is still being written when the connection goes: the write fails, and the
            // process lives on.
            let body = [UInt8](repeating: 1, count: limit < 4_000 ? 300_000 : 0)
            let outcome = await transport.send(
                HTTPRequest(
                    limit < 4_000 ? .post : .get, "https://127.0.0.1:\(proxy.port)/", body: body))
            switch outcome {
            case .notSent: outcomes.append("n")
            case .unknown: outcomes.append("u")
            case .response: outcomes.append("r")
            }
        }
        let text = String(outcomes)
        #expect(text.hasPrefix("nnnnn"))
        #expect(text.wholeMatch(of: /n+u+r/) != nil, "\(text)")
    }

    @Test func `CAR-03 writing to a connection that is gone does not end the process`() async {
        await #expect(processExitsWith: .success) {
            signal(SIGPIPE, SIG_DFL)
            let authority = try TestAuthority()
            let server = try TLSServer(authority)
            let transport = curlTransport {
                $0.authorityFile = authority.authorityFile
            }
            for limit in stride(from: 600, to: 60_000, by: 1_980) {
                let proxy = try cuttingProxy(to: server.port, afterClientBytes: limit, reset: true)
                let outcome = await transport.send(
                    HTTPRequest(
                        .post, "https://127.0.0.1:\(proxy.port)/",
                        body: [UInt8](repeating: 1, count: 900_000)))
                try #require(outcome.status == nil)
            }
        }
    }
}
