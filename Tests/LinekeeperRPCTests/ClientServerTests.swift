import LinekeeperProto
import Testing

@testable import LinekeeperRPC

/// The client against the server.
@Suite(.timeLimit(.minutes(1))) struct ClientServerTests {
    @Test(
        "every kind of method answers",
        arguments: ["/test.Inline/Echo", "/test.Deferred/Echo", "/test.Unary/Echo"])
    func kinds(method: String) async throws {
        try await TestServer.run { server in
            let client = try RPCClient.test(port: server.port)
            for size in [0, 1, 1000, 200_000] {
                let payload = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
                #expect(try await client.call(method, payload: payload) == payload)
            }
        }
    }

    @Test func `a thousand calls at once pass the server's limit of calls in flight`() async throws
    {
        try await TestServer.run { server in
            let client = try RPCClient.test(port: server.port)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<1000 {
                    group.addTask {
                        let payload = Array("call \(number)".utf8)
                        let answer = try await client.call("/test.Unary/Echo", payload: payload)
                        #expect(answer == payload)
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func `a refusal keeps its reason and facts, and names the request`() async throws {
        try await TestServer.run { server in
            let client = try RPCClient.test(port: server.port)
            var options = CallOptions()
            options.requestID = "mine-1"
            let refused = await status { () throws(Status) in
                try await client.call("/test.Inline/Refuse", payload: [], options)
            }
            #expect(refused?.reason == "NOTHING")
            #expect(refused?.facts == ["a": "b", "request_id": "mine-1"])
            let unknown = await status { () throws(Status) in
                try await client.call("/test.No/Such", payload: [])
            }
            #expect(unknown?.code == .unimplemented)
        }
    }

    @Test func `a stream ends after its items`() async throws {
        try await TestServer.run { server in
            let client = try RPCClient.test(port: server.port)
            var items: [[UInt8]] = []
            for try await item in client.stream("/test.Stream/Count", payload: [200]) {
                items.append(item)
            }
            #expect(items == (0..<200).map { [UInt8($0)] })
        }
    }

    @Test func `leaving a stream stops the server's work on it`() async throws {
        try await TestServer.run { server in
            let client = try RPCClient.test(port: server.port)
            for try await _ in client.stream("/test.Stream/Flood", payload: []) { break }
            try await eventually("the stream is over") {
                server.scene.events.contains("over: CANCELLED_BY_CALLER")
            }
        }
    }

    @Test func `giving a call up stops the server's work on it`() async throws {
        try await TestServer.run { server in
            let client = try RPCClient.test(port: server.port)
            let call = Task {
                await status { () throws(Status) in
                    try await client.call("/test.Unary/UntilCancelled", payload: [])
                }
            }
            try await eventually("the work began") { server.scene.events.contains("began") }
            call.cancel()
            #expect(await call.value?.code == .cancelled)
            try await eventually("the work is cancelled") {
                server.scene.events.contains("cancelled")
            }
        }
    }

    @Test func `calls in flight outlive a drain, and later ones find nobody`() async throws {
        try await TestServer.run { server in
            let client = try RPCClient.test(port: server.port)
            async let held = client.call("/test.Deferred/Hold", payload: [])
            let responders = try await server.scene.responders(1)
            server.server.drain()
            // The drain reaches each connection in its own time.
            try await eventually("a call finds nobody") {
                let refused = await status { () throws(Status) in
                    try await client.call(
                        "/test.Inline/Echo", payload: [], CallOptions(waitsForServer: false))
                }
                return refused?.code == .unavailable
            }
            for responder in responders { responder.finish(.success([7])) }
            #expect(try await held == [7])
        }
    }

    @Test func `a ping is answered`() async throws {
        try await TestServer.run { server in
            let client = try RPCClient.test(port: server.port)
            for _ in 0..<5 { #expect(try await client.ping() > .zero) }
        }
    }

    @Test func `two thousand abandoned calls do not end the connection`() async throws {
        try await TestServer.run { server in
            let client = try RPCClient.test(port: server.port)
            for _ in 0..<10 {
                let calls = (0..<200).map { _ in
                    Task {
                        await status { () throws(Status) in
                            try await client.call("/test.Unary/UntilCancelled", payload: [])
                        }
                    }
                }
                for call in calls { call.cancel() }
                for call in calls { #expect(await call.value?.code == .cancelled) }
            }
            #expect(try await client.call("/test.Inline/Echo", payload: [1], .read) == [1])
        }
    }
}
