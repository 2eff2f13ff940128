import LinekeeperProto
import Testing

@Suite struct FrameCodecTests {
    private let arena = Arena()
    private var encoder: FrameEncoder { FrameEncoder(arena: arena) }

    private func decode(_ frame: [UInt8]?) throws -> FrameBody {
        let bytes = try #require(frame)
        let announced = FrameDecoder.announcedByteCount(in: bytes.span.bytes, at: 0)
        #expect(announced == bytes.count - 4)
        let body = FrameDecoder.decode(bytes.span.bytes.extracting(4...), in: arena)
        return try #require(body)
    }

    @Test func `a request arrives as it was sent`() throws {
        let frame = encoder.request(
            callID: 300, method: "/a.B/C", payload: [1, 0, 2], timeoutMilliseconds: 250,
            metadata: [("authorization", "Bearer lk_1"), ("x-request-id", "")])
        guard case .request(300, let request) = try decode(frame) else {
            Issue.record("not a request")
            return
        }
        #expect(request.method == "/a.B/C")
        #expect(request.payload.copy() == [1, 0, 2])
        #expect(request.timeoutMilliseconds == 250)
        #expect(request.metadata.value(of: "authorization") == .text("Bearer lk_1"))
        #expect(request.metadata.value(of: "x-request-id") == .text(""))
        #expect(request.metadata.value(of: "user-agent") == .absent)
        #expect(request.metadata.holds("Bearer lk_1", for: "authorization") == true)
        #expect(request.metadata.holds("Bearer lk_2", for: "authorization") == false)
        #expect(request.metadata.holds("", for: "user-agent") == nil)
    }

    @Test func `a status arrives with all its detail`() throws {
        let status = FrameStatus(
            code: 9, message: "Nö.", reason: "R", facts: ["a": "1", "b": ""],
            violations: [.init(field: "f", description: "d")], retryAfterMilliseconds: 12)
        guard
            case .response(7, let response) = try decode(
                encoder.response(callID: 7, status: status))
        else {
            Issue.record("not a response")
            return
        }
        #expect(response.status == status)
        guard
            case .goAway(let goAway) = try decode(
                encoder.goAway(lastCallID: 9, status: status))
        else {
            Issue.record("not a go-away")
            return
        }
        #expect(goAway.lastCallID == 9)
        #expect(goAway.status == status)
    }

    @Test func `the small frames arrive`() throws {
        if case .cancel(5) = try decode(encoder.cancel(callID: 5)) {} else { Issue.record() }
        if case .ping(6) = try decode(encoder.ping(token: 6)) {} else { Issue.record() }
        if case .pong(.max) = try decode(encoder.pong(token: .max)) {} else { Issue.record() }
        guard
            case .hello(let hello) = try decode(
                encoder.hello(version: 1, metadata: [("user-agent", "x")]))
        else {
            Issue.record("not a hello")
            return
        }
        #expect(hello.protocolVersion == 1)
        #expect(hello.metadata.pairs.map(\.key) == ["user-agent"])
    }

    @Test(
        "the envelope written by hand is what protobuf-c reads",
        arguments: [1, 127, 128, 1 << 14, 1 << 35, UInt64.max], [0, 1, 127, 128, 16_384, 300_000])
    func payload(callID: UInt64, count: Int) throws {
        let payload = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        for kind in [FramePayload.Kind.response, .item] {
            let frame = FramePayload(kind, callID: callID, payloadByteCount: count)
            var bytes = [UInt8](repeating: 0, count: frame.byteCount)
            bytes.withUnsafeMutableBytes { memory in
                var out = OutputRawSpan(buffer: memory, initializedCount: 0)
                frame.writeHeader(to: &out)
                for byte in payload { out.append(byte) }
                _ = out.finalize(for: memory)
            }
            switch try decode(bytes) {
            case .response(callID, let response) where kind == .response:
                #expect(response.status == nil)
                #expect(response.payload.copy() == payload)
            case .item(callID, let item) where kind == .item:
                #expect(item.copy() == payload)
            default:
                Issue.record("another frame came out")
            }
            arena.reset()
        }
    }

    @Test(
        "bytes that are no frame are refused",
        arguments: [[0xff], [0x08], [0x12, 0x05, 1], [0x0a, 0x00, 0x12], [0x08, 0x80]] as [[UInt8]])
    func garbage(bytes: [UInt8]) {
        let body = FrameDecoder.decode(bytes.span.bytes, in: arena)
        #expect(body == nil)
    }

    @Test func `a frame without a body is seen as such`() throws {
        let frame: [UInt8] = [0x08, 0x01]
        guard case .missing = FrameDecoder.decode(frame.span.bytes, in: arena) else {
            Issue.record("a body out of nothing")
            return
        }
    }

    @Test func `what does not fit the budget says so`() throws {
        let small = Arena(budget: 4096)
        let entries = [UInt8](repeating: 0, count: 4000).enumerated().map { place, _ in
            place % 2 == 0 ? UInt8(0x22) : 0
        }
        let frame: [UInt8] = [0x12, 0xa0, 0x1f] + entries
        let body = FrameDecoder.decode(frame.span.bytes, in: small)
        #expect(body == nil)
        #expect(small.isExhausted)
        #expect(
            FrameEncoder(arena: small).response(
                callID: 1,
                status: FrameStatus(code: 2, message: String(repeating: "x", count: 5000)))
                == nil)
    }

    @Test func `a method is found by its bytes alone`() throws {
        let methods = (0..<500).map { "/package.Service\($0 % 7)/Method\($0)" } + ["", "/"]
        let index = FrameMethodIndex(methods)
        for (number, method) in methods.enumerated() {
            guard
                case .request(_, let request) = try decode(
                    encoder.request(callID: 1, method: method, payload: []))
            else {
                Issue.record("not a request")
                return
            }
            #expect(index.table.number(of: request) == number)
            arena.reset()
        }
        for method in ["/package.Service0/Method1", "/package.Service0/Method", "//", "x"] {
            guard
                case .request(_, let request) = try decode(
                    encoder.request(callID: 1, method: method, payload: []))
            else {
                Issue.record("not a request")
                return
            }
            #expect(index.table.number(of: request) == nil)
        }
    }
}
