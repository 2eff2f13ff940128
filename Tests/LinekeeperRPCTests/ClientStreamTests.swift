import LinekeeperProto
import NIOCore
import Testing

@testable import LinekeeperRPC

@Suite(.timeLimit(.minutes(1))) struct ClientStreamTests {
    @Test func `the items come in order, then the end`() async throws {
        let server = try await ScriptedServer { peer, frame in
            guard case .request(let request)? = frame.body else { return }
            for number in request.payload { peer.item(frame.callID, [number]) }
            peer.respond(frame.callID)
        }
        let client = try RPCClient.test(port: server.port)
        var items: [[UInt8]] = []
        for try await item in client.stream("/t.T/S", payload: [1, 2, 3]) { items.append(item) }
        #expect(items == [[1], [2], [3]])
        await server.stop()
    }

    @Test func `typed items are decoded`() async throws {
        let server = try await ScriptedServer { peer, frame in
            guard case .request? = frame.body else { return }
            peer.item(frame.callID, Proto.Ping.with { $0.token = 5 }.encoded())
            peer.item(frame.callID, [0xff])
        }
        let client = try RPCClient.test(port: server.port)
        var iterator = client.stream(Proto.Cancel(), "/t.T/S", Proto.Ping.self).makeAsyncIterator()
        #expect(try await iterator.next()?.token == 5)
        let error = await #expect(throws: Status.self) { try await iterator.next() }
        #expect(error?.reason == "RESPONSE_MALFORMED")
        #expect(try await iterator.next() == nil)
        #expect(await eventually { server.cancels == [1] })
        await server.stop()
    }

    @Test func `leaving the loop cancels the call`() async throws {
        let server = try await ScriptedServer { peer, frame in
            if case .request? = frame.body { peer.item(frame.callID, [1]) }
        }
        let client = try RPCClient.test(port: server.port)
        for try await _ in client.stream("/t.T/S", payload: []) { break }
        #expect(await eventually { server.cancels == [1] })
        await server.stop()
    }

    @Test func `cancelling the task ends the stream and tells the server`() async throws {
        let server = try await ScriptedServer { peer, frame in
            if case .request? = frame.body { peer.item(frame.callID, [1]) }
        }
        let client = try RPCClient.test(port: server.port)
        let task = Task { () -> Status? in
            await status { () throws(Status) in
                for try await _ in client.stream("/t.T/S", payload: []) {}
            }
        }
        #expect(await eventually { server.requests.count == 1 })
        task.cancel()
        #expect(await task.value?.code == .cancelled)
        #expect(await eventually { server.cancels == [1] })
        await server.stop()
    }

    @Test func `a stream is begun again until its first item, and not after it`() async throws {
        let server = try await ScriptedServer { peer, frame in
            guard case .request? = frame.body else { return }
            switch peer.connection {
            case 1: peer.close()
            case 2:
                peer.item(frame.callID, [2])
                peer.channel.eventLoop.scheduleTask(in: .milliseconds(30)) { peer.close() }
            default: peer.respond(frame.callID)
            }
        }
        let client = try RPCClient.test(port: server.port)
        var iterator = client.stream("/t.T/S", payload: [], .read).makeAsyncIterator()
        #expect(try await iterator.next() == [2])
        let error = await #expect(throws: Status.self) { try await iterator.next() }
        #expect(error?.reason == "CONNECTION_LOST")
        #expect(try await iterator.next() == nil)
        #expect(server.requests.count == 2)
        await server.stop()
    }

    @Test func `a stream past its deadline ends`() async throws {
        let server = try await ScriptedServer { peer, frame in
            if case .request? = frame.body { peer.item(frame.callID, [1]) }
        }
        let client = try RPCClient.test(port: server.port)
        var iterator = client.stream(
            "/t.T/S", payload: [], CallOptions(timeout: .seconds(1))
        ).makeAsyncIterator()
        let error = await #expect(throws: Status.self) {
            while try await iterator.next() != nil {}
        }
        #expect(error?.code == .deadlineExceeded)
        #expect(await eventually { server.cancels == [1] })
        await server.stop()
    }

    @Test func `a reader that stands still holds the server up, and loses nothing`() async throws {
        // Far more than the client keeps and the sockets hold: it cannot all be written at once.
        let itemCount = 32
        let item = [UInt8](repeating: 7, count: 1 << 20)
        let server = try await ScriptedServer { peer, frame in
            guard case .request? = frame.body else { return }
            let bytes = ScriptedServer.Peer.bytes(
                .item(.with { $0.payload = item }), callID: frame.callID)
            for _ in 0..<itemCount { peer.sendRaw(bytes) }
            peer.respond(frame.callID)
        }
        let client = try RPCClient.test(port: server.port) { $0.streamBufferBytesMax = 1 << 20 }
        var iterator = client.stream("/t.T/S", payload: []).makeAsyncIterator()
        #expect(try await iterator.next()?.count == item.count)
        try await Task.sleep(for: .milliseconds(200))
        let held = try #require(server.channels.first)
        let unsent = try await held.getOption(.bufferedWritableBytes).get()
        #expect(unsent > 8 << 20)
        var count = 1
        while try await iterator.next() != nil { count += 1 }
        #expect(count == itemCount)
        await server.stop()
    }

    @Test func `a call made while a stream stands still is answered`() async throws {
        let item = [UInt8](repeating: 7, count: 1 << 10)
        let server = try await ScriptedServer { peer, frame in
            guard case .request(let request)? = frame.body else { return }
            if request.method == "/t.T/S" {
                for _ in 0..<20 { peer.item(frame.callID, item) }
                peer.respond(frame.callID)
            } else {
                peer.respond(frame.callID, [42])
            }
        }
        let client = try RPCClient.test(port: server.port) { $0.streamBufferBytesMax = 4 << 10 }
        var count = 0
        for try await _ in client.stream("/t.T/S", payload: []) {
            count += 1
            #expect(try await client.call("/t.T/U", payload: []) == [42])
        }
        #expect(count == 20)
        await server.stop()
    }

    @Test func `a stream that its reader leaves far behind is ended, and nothing else`()
        async throws
    {
        let server = try await ScriptedServer { peer, frame in
            guard case .request(let request)? = frame.body else { return }
            if request.method == "/t.T/S" {
                peer.item(frame.callID, [1])
            } else {
                for _ in 0..<100 { peer.item(1, [UInt8](repeating: 7, count: 1 << 10)) }
                peer.respond(frame.callID, [42])
            }
        }
        let client = try RPCClient.test(port: server.port) { $0.streamBufferBytesMax = 4 << 10 }
        var iterator = client.stream("/t.T/S", payload: []).makeAsyncIterator()
        #expect(try await iterator.next() == [1])
        #expect(try await client.call("/t.T/U", payload: []) == [42])
        let error = await #expect(throws: Status.self) {
            while try await iterator.next() != nil {}
        }
        #expect(error?.reason == "READER_TOO_SLOW")
        #expect(await eventually { server.cancels == [1] })
        await server.stop()
    }

    @Test func `a unary call of a streaming method says so`() async throws {
        let server = try await ScriptedServer { peer, frame in
            if case .request? = frame.body { peer.item(frame.callID, [1]) }
        }
        let client = try RPCClient.test(port: server.port)
        let refused = await status { () throws(Status) in
            try await client.call("/t.T/S", payload: [])
        }
        #expect(refused?.reason == "METHOD_IS_STREAM")
        #expect(await eventually { server.cancels == [1] })
        await server.stop()
    }
}
