import Foundation
import Testing

@testable import LinekeeperCarriers

@Suite struct HTTPConcurrencyTests {
    @Test func `a hundred requests are under way at a time`() async throws {
        let waiting = Mutexed(0)
        let server = try RawServer { connection in
            guard let request = connection.readRequest() else { return }
            waiting.change { $0 += 1 }
            // Nobody is answered before all have asked.
            while waiting.value < 100 { Thread.sleep(forTimeInterval: 0.005) }
            connection.write(answer(request.target))
        }
        let transport = curlTransport()
        await withTaskGroup { group in
            for index in 0..<100 {
                group.addTask {
                    let method: HTTPRequest.Method = index.isMultiple(of: 2) ? .get : .post
                    let outcome = await transport.send(
                        HTTPRequest(method, server.url("/\(index)")))
                    #expect(outcome.text == "/\(index)")
                }
            }
        }
    }

    @Test func `an account's credentials never go with another account's request`() async throws {
        let server = try RawServer { connection in
            while let request = connection.readRequest() {
                connection.write(
                    answer("\(request.target) \(request.header("authorization") ?? "none")"))
            }
        }
        let transport = curlTransport()
        await withTaskGroup { group in
            for worker in 0..<8 {
                group.addTask {
                    for index in 0..<250 {
                        // Every third request has no credentials at all.
                        let name = index.isMultiple(of: 3) ? nil : "Bearer \(worker)-\(index)"
                        var request = HTTPRequest(.get, server.url("/\(worker)/\(index)"))
                        if let name { request.headers.add("Authorization", name) }
                        let outcome = await transport.send(request)
                        #expect(outcome.text == "/\(worker)/\(index) \(name ?? "none")")
                    }
                }
            }
        }
    }

    @Test func `more requests than there may be are refused, not queued`() async throws {
        let server = try RawServer { connection in
            _ = connection.readRequest()
            _ = connection.read()
        }
        let transport = curlTransport { $0.exchangesMax = 2 }
        let first = Task { await transport.send(HTTPRequest(.get, server.url())) }
        let second = Task { await transport.send(HTTPRequest(.get, server.url())) }
        #expect(await eventually { server.connections == 2 ? true : nil } == true)
        let third = await transport.send(HTTPRequest(.get, server.url()))
        #expect(third.notSent?.kind == .busy)
        first.cancel()
        _ = await first.value
        let fourth = await transport.send(
            HTTPRequest(.get, server.url(), timeout: .milliseconds(50)))
        #expect(fourth.unknown?.kind == .unreachable)
        second.cancel()
        _ = await second.value
    }

    @Test func `cancelling ends an exchange at once, and tells whether it had left`() async throws {
        let server = try RawServer { connection in while !connection.read().isEmpty {} }
        let transport = curlTransport()
        for (url, isSent) in [(server.url(), true), ("https://127.0.0.1:\(server.port)/", false)] {
            let before = server.connections
            let task = Task {
                await transport.send(HTTPRequest(.post, url))
            }
            #expect(await eventually { server.connections > before ? true : nil } == true)
            // The connection stands; give the request a moment to leave.
            try await Task.sleep(for: .milliseconds(50))
            task.cancel()
            let outcome = await task.value
            #expect((isSent ? outcome.unknown : outcome.notSent)?.kind == .cancelled, "\(outcome)")
        }
    }

    @Test func `a task that is cancelled already sends nothing`() async throws {
        let server = try RawServer { connection in connection.write(answer("")) }
        let transport = curlTransport()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await transport.send(HTTPRequest(.post, server.url()))
        }
        #expect(await task.value.notSent?.kind == .cancelled)
        #expect(server.connections == 0)
    }

    @Test func `cancelling at any moment resumes everybody once`() async throws {
        let server = try RawServer { connection in
            while connection.readRequest() != nil { connection.write(answer("ok")) }
        }
        let transport = curlTransport()
        await withTaskGroup { group in
            for index in 0..<300 {
                group.addTask {
                    let task = Task { await transport.send(HTTPRequest(.get, server.url())) }
                    try? await Task.sleep(for: .microseconds(index * 10))
                    task.cancel()
                    _ = await task.value
                }
            }
        }
        // And nothing is left that counts as under way.
        let outcome = await transport.send(HTTPRequest(.get, server.url()))
        #expect(outcome.status == 200)
    }

    @Test func `shutting down waits for what is under way and refuses what is new`() async throws {
        let mayAnswer = Mutexed(false)
        let server = try RawServer { connection in
            _ = connection.readRequest()
            while !mayAnswer.value { Thread.sleep(forTimeInterval: 0.005) }
            connection.write(answer("done"))
        }
        let transport = curlTransport()
        let task = Task { await transport.send(HTTPRequest(.post, server.url())) }
        #expect(await eventually { server.connections == 1 ? true : nil } == true)
        let end = Task { await transport.shutDown(grace: .seconds(30)) }
        let refused = await eventuallyAsync {
            await transport.send(HTTPRequest(.post, "http://127.0.0.1:1/")).notSent?.kind
                == .shuttingDown
        }
        #expect(refused)
        mayAnswer.value = true
        #expect(await task.value.text == "done")
        await end.value
        let late = await transport.send(HTTPRequest(.post, server.url()))
        #expect(late.notSent?.kind == .shuttingDown)
    }

    @Test func `shutting down breaks off what takes longer than the grace`() async throws {
        let server = try RawServer { connection in while !connection.read().isEmpty {} }
        let transport = curlTransport()
        let task = Task {
            await transport.send(HTTPRequest(.post, server.url()))
        }
        #expect(await eventually { server.connections == 1 ? true : nil } == true)
        try await Task.sleep(for: .milliseconds(50))
        await transport.shutDown(grace: .milliseconds(50))
        #expect(await task.value.unknown?.kind == .shuttingDown)
        // Once more does no harm.
        await transport.shutDown(grace: .zero)
    }

    private func eventuallyAsync(_ ask: () async -> Bool) async -> Bool {
        for _ in 0..<500 {
            if await ask() { return true }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return false
    }
}
