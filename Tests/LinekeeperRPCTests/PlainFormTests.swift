import LinekeeperProto
import Testing

/// What is read in place must be what protobuf-c reads: of sound bytes, of bytes with a few changed, of
/// bytes cut short.
@Suite struct PlainFormTests {
    private struct Random: RandomNumberGenerator {
        var state: UInt64 = 0x1234_5678

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    /// Changes, repeats, cuts out or appends a few bytes.
    private func mutated(_ bytes: [UInt8], _ random: inout Random) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 0...2, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            let end = Int.random(in: place..<bytes.count, using: &random) + 1
            switch random.next() % 5 {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes[place] = UInt8.random(in: 0...3, using: &random) << 3 | 2
            case 2: bytes.append(contentsOf: bytes[place..<end])
            case 3: bytes.removeSubrange(place..<end)
            default: bytes.append(contentsOf: [0x28, 1].prefix(Int(random.next() % 3)))
            }
        }
        return bytes
    }

    @Test func `a request read in place is the one that protobuf-c reads`() throws {
        let paths = ["/a.B/C", "/linekeeper.v1.AssignmentService/RouteInbound", "/x/\u{1F4DE}"]
        let methods = FrameMethodIndex(paths)
        // The table is the index's memory.
        defer { withExtendedLifetime(methods) {} }
        let index = methods.table
        let arena = Arena()
        var random = Random()
        var plain = 0
        var other = 0
        for _ in 0..<30_000 {
            let size = [0, 1, 20, 127, 128, 300, 16_000][Int(random.next() % 7)]
            let payload =
                (0..<min(size, 300)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
                + [UInt8](repeating: 1, count: max(0, size - 300))
            let callID = random.next() >> (random.next() % 64)
            let sound = try #require(
                FrameEncoder(arena: arena).request(
                    callID: callID, method: paths[Int(random.next() % 3)], payload: payload,
                    timeoutMilliseconds: UInt32(random.next() % 2 * 3_000),
                    metadata: random.next() % 8 == 0 ? [("a", "b")] : []))
            arena.reset()
            let bytes = mutated(Array(sound.dropFirst(4)), &random)
            let frame = bytes.span.bytes
            guard let request = PlainRequest(frame) else {
                other += 1
                continue
            }
            plain += 1
            guard case .request(request.callID, let full) = FrameDecoder.decode(frame, in: arena)
            else {
                // A call id that is left out is 0 to protobuf-c, and so it is here.
                Issue.record("not a request: \(bytes)")
                return
            }
            #expect(full.metadata.isEmpty)
            #expect(request.payload.copy() == full.payload.copy())
            // A path that holds a zero is no method's here, and is looked up again there.
            if let number = index.number(of: request) { #expect(number == index.number(of: full)) }
            arena.reset()
        }
        #expect(plain > 5_000)
        #expect(other > 5_000)
    }

    @Test func `fields read in place are those that the codec reads`() throws {
        var random = Random()
        var plain = 0
        var other = 0
        let texts = ["", "+14155550100", "4930", "ann", "Ånn", String(repeating: "a", count: 140)]
        for _ in 0..<30_000 {
            func text() -> String { texts[Int(random.next() % UInt64(texts.count))] }
            let sound = Proto.RouteInboundRequest.with {
                $0.calledE164 = text()
                $0.channel = Proto.Channel(rawValue: Int32(random.next() % 4))
                $0.callerE164 = text()
                $0.forwardedFrom = text()
            }
            let bytes = mutated(sound.encoded(), &random)
            let read: (called: String, channel: Int32, caller: String, from: String)? =
                bytes.withUnsafeBytes { bytes in
                    var fields = PlainFields(bytes)
                    let called = String(decoding: fields.text(1), as: UTF8.self)
                    let channel = Int32(truncatingIfNeeded: fields.varint(2) ?? 0)
                    let caller = String(decoding: fields.text(3), as: UTF8.self)
                    let from = String(decoding: fields.text(4), as: UTF8.self)
                    return fields.isAtEnd ? (called, channel, caller, from) : nil
                }
            guard let read else {
                other += 1
                continue
            }
            plain += 1
            let message = try Proto.RouteInboundRequest(decoding: bytes)
            #expect(message.unknownFields.isEmpty)
            #expect(message.calledE164 == read.called)
            #expect(message.channel.rawValue == read.channel)
            #expect(message.callerE164 == read.caller)
            #expect(message.forwardedFrom == read.from)
        }
        #expect(plain > 5_000)
        #expect(other > 5_000)
    }

    @Test(arguments: [0, 1, 127, 128, 300, 2_000])
    func `fields packed by hand are those that protobuf-c packs`(length: Int) throws {
        let text = String(repeating: "x", count: length)
        let arena = Arena()
        for number in [0, 1, 127, 128, 300, UInt32.max] {
            var writer = FieldWriter(arena: arena, capacity: 16)
            for field in [1, 4] as [UInt8] {
                text.utf8.span.withUnsafeBytes { writer.text(field, $0) }
            }
            writer.varint(6, number)
            text.utf8.span.withUnsafeBytes { writer.text(10, $0) }
            let message = Proto.RouteInboundResponse.with {
                $0.numberID = text
                $0.agentName = text
                $0.ringTimeoutSeconds = number
                $0.calledE164 = text
            }
            #expect(writer.message.copy() == message.encoded())
            arena.reset()
        }
    }
}
