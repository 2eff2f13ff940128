import Foundation
import Testing

@testable import LinekeeperCarriers

@Suite struct HTTPSecurityTests {
    @Test(
        "CAR-10 http is for this machine alone, and nothing is sent elsewhere",
        arguments: [
            "http://carrier.example/", "http://localhost/", "http://10.0.0.1/",
            "http://128.0.0.1/", "http://127.1/", "http://0127.0.0.1/", "http://127.0.0.1.example/",
            "http://127.0.0.256/", "http://127.0.0.1@carrier.example/",
            "http://127.0.0.1:80@carrier.example/", "http://127.0.0.1\\@carrier.example/",
            "http://127.0.0.1#@carrier.example/", "http://[::2]/", "http://[::ffff:127.0.0.1]/",
            "http://[::1/", "http:///", "http://", "http://127.0.0.1:0/", "http://127.0.0.1:70000/",
            "http://127.0.0.1:/", "ftp://127.0.0.1/", "file:///etc/passwd", "HTTPS://127.0.0.1/",
            "//127.0.0.1/", "", "https://user:secret@carrier.example/",
            "https://carrier.example/a b",
            "https://carrier.example/ü", "https://carrier.example/\r\nX-A: b",
            "https://carrier.example/#a",
        ])
    func refusedURL(url: String) async {
        let outcome = await curlTransport().send(HTTPRequest(.post, url))
        #expect(outcome.notSent?.kind == .refused)
        #expect(outcome.notSent?.sentence.contains("secret") == false)
    }

    @Test(
        "a URL that may be called is taken apart",
        arguments: [
            ("http://127.0.0.1:8080/a/b?c=%2B1", "127.0.0.1", "/a/b"),
            ("http://127.9.8.7", "127.9.8.7", ""), ("http://[::1]:1/x", "[::1]", "/x"),
            ("https://api.twilio.com/2010-04-01/A.json", "api.twilio.com", "/2010-04-01/A.json"),
            ("https://api.telnyx.com:443?a=/b", "api.telnyx.com", ""),
            ("https://[2001:db8::1]/", "[2001:db8::1]", "/"),
        ])
    func acceptedURL(text: String, host: String, path: String) throws {
        let url = try CarrierURL(text)
        #expect(url.host == host)
        #expect(url.path == path)
    }

    @Test func `CAR-10 a redirect is an answer and is not followed`() async throws {
        let elsewhere = try RawServer { connection in connection.write(answer("caught")) }
        let server = try RawServer { connection in
            _ = connection.readRequest()
            connection.write(
                answer("", status: "307 Go", headers: "Location: \(elsewhere.url())\r\n"))
        }
        for method in [HTTPRequest.Method.get, .post] {
            let outcome = await curlTransport().send(HTTPRequest(method, server.url()))
            #expect(outcome.status == 307)
        }
        #expect(elsewhere.connections == 0)
    }

    @Test func `CAR-10 proxies of the environment are ignored`() async {
        await #expect(processExitsWith: .success) {
            let proxy = try RawServer { connection in
                _ = connection.read()
                connection.write(answer("caught"))
            }
            for name in ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
                setenv(name, proxy.url(), 1)
            }
            let server = try RawServer { connection in
                _ = connection.readRequest()
                connection.write(answer("direct"))
            }
            let transport = curlTransport()
            let outcome = await transport.send(HTTPRequest(.get, server.url()))
            try #require(outcome.text == "direct")
            // Nobody answers the handshake.
            _ = await transport.send(
                HTTPRequest(
                    .get, "https://127.0.0.1:\(server.port)/", timeout: .milliseconds(300)))
            try #require(proxy.connections == 0)
        }
    }

    @Test func `a configured proxy is gone through, whatever the environment excepts`() async throws
    {
        let proxy = try RawServer { connection in
            let request = connection.readRequest()
            connection.write(answer("by proxy: \(request?.target ?? "")"))
        }
        let outcome = await curlTransport { $0.proxy = proxy.url("") }
            .send(HTTPRequest(.get, "http://127.0.0.1:1/x"))
        #expect(outcome.text == "by proxy: http://127.0.0.1:1/x")
    }
}
