import CCurl
import Foundation
import Testing

@testable import LinekeeperCarriers

/// A server that keeps connections for reads, and that executes a POST and closes without an answer
/// when it comes first of its kind.
private func forgetfulServer(_ posts: Mutexed<Int>) throws -> RawServer {
    try RawServer { connection in
        while let request = connection.readRequest() {
            guard request.method != "GET" else {
                connection.write(answer("found"))
                continue
            }
            let count = posts.change { count in
                count += 1
                return count
            }
            if count.isMultiple(of: 2) {
                connection.write(answer("bought"))
            } else {
                return
            }
        }
    }
}

@Suite struct HTTPOnceTests {
    @Test func `CAR-02 a purchase leaves once, however the connection before it was kept`()
        async throws
    {
        let transport = curlTransport()
        for _ in 0..<200 {
            let posts = Mutexed(0)
            let server = try forgetfulServer(posts)
            let search = await transport.send(HTTPRequest(.get, server.url("/search")))
            #expect(search.text == "found")
            let purchase = await transport.send(
                HTTPRequest(.post, server.url("/buy"), body: Array("PhoneNumber=%2B1".utf8)))
            #expect(
                purchase
                    == .unknown(
                        HTTPFailure(
                            .unreachable, "It closed the connection without an answer.")))
            #expect(posts.value == 1)
            #expect(server.connections == 2)
        }
    }

    @Test(
        "CAR-02 nothing but a read uses a connection again",
        arguments: HTTPRequest.Method.allCases)
    func freshConnections(method: HTTPRequest.Method) async throws {
        let server = try RawServer { connection in
            while connection.readRequest() != nil { connection.write(answer("ok")) }
        }
        let transport = curlTransport()
        for _ in 0..<5 {
            let outcome = await transport.send(HTTPRequest(method, server.url()))
            #expect(outcome.status == 200)
        }
        #expect(server.connections == (method == .get ? 1 : 5))
        // And none that they used is left for a read.
        let read = await transport.send(HTTPRequest(.get, server.url()))
        #expect(read.status == 200)
        #expect(server.connections == (method == .get ? 1 : 6))
    }

    /// Why there is a connection for each: should this fail one day, libcurl has changed.
    @Test func `CAR-02 libcurl on its own sends a POST twice and tells nobody`() throws {
        let posts = Mutexed(0)
        let server = try forgetfulServer(posts)
        let easy = try #require(curl_easy_init())
        defer { curl_easy_cleanup(easy) }
        let discard: curl_write_callback = { _, size, count, _ in size * count }
        let goOn: curl_prereq_callback = { _, _, _, _, _ in CURL_PREREQFUNC_OK }
        let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
        defer { errorText.deallocate() }
        #expect(
            linekeeper_curl_set_callbacks(easy, nil, discard, discard, goOn, errorText) == CURLE_OK)
        #expect(linekeeper_curl_set_text(easy, CURLOPT_URL, server.url()) == CURLE_OK)
        #expect(curl_easy_perform(easy) == CURLE_OK)
        #expect(linekeeper_curl_set_body(easy, "x", 1) == CURLE_OK)
        #expect(curl_easy_perform(easy) == CURLE_OK)
        #expect(posts.value == 2)
    }
}
