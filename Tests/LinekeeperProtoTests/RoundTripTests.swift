import Foundation
import LinekeeperProto
import Testing

@Suite struct RoundTripTests {
    @Test func `messages of every type survive Swift, as Python sees them`() async throws {
        let seed = Reference.seed()
        let made = try await Reference.ask("make", [String(seed), "200"])
        let originals = try Reference.records(made)
        #expect(Set(originals.map(\.type)) == Set(Proto.allMessages.keys))

        let encoded = try originals.map { original in
            let type = try #require(Proto.allMessages[original.type])
            return Reference.Record(type: original.type, bytes: try roundTrip(type, original.bytes))
        }

        let compared = try await Reference.withScratch { scratch in
            let (before, after) = (scratch.appending(path: "a"), scratch.appending(path: "b"))
            try made.write(to: before)
            try Reference.write(encoded, to: after)
            return try await Reference.ask("compare", [before.path, after.path])
        }
        #expect(String(decoding: compared, as: UTF8.self) == "\(originals.count)\n", "seed \(seed)")
    }

    /// What a type makes of bytes; also checks that its own bytes give the same value again.
    private func roundTrip<M: ProtoMessage>(_ type: M.Type, _ bytes: [UInt8]) throws -> [UInt8] {
        let value = try M(decoding: bytes)
        let encoded = value.encoded()
        let again = try M(decoding: encoded)
        #expect(again == value)
        #expect(again.hashValue == value.hashValue)
        #expect(again.encoded() == encoded, "equal values have equal bytes")
        return encoded
    }

    @Test func `fields lie where the proto says`() throws {
        var region: [UInt8] = [0x0A, 1]
        region += Array("i".utf8) + [0x12, 1] + Array("l".utf8)
        region += [0x1A, 1] + Array("c".utf8) + [0x22, 1] + Array("e".utf8)
        let decoded = try Proto.Region(decoding: region)
        #expect(decoded.id == "i")
        #expect(decoded.label == "l")
        #expect(decoded.carrierRegion == "c")
        #expect(decoded.edge == "e")
        #expect(decoded.encoded() == region)

        let fallback = Proto.Fallback.with { $0.action = .reject(false) }
        #expect(fallback.encoded() == [0x18, 0])
        #expect(Proto.Fallback.with { $0.action = .agentID("") }.encoded() == [0x0A, 0])
        #expect(Proto.Fallback().encoded() == [])

        let agent = Proto.Agent.with {
            $0.outboundConfigured = false
            $0.updatedAt = .with { $0.seconds = -1 }
        }
        #expect(
            agent.encoded() == [0x20, 0, 0x32, 11, 0x08] + [UInt8](repeating: 0xFF, count: 9) + [1])
    }

    @Test func `maps are written in the order of keys`() {
        let keys = (0..<50).map { "key\($0)" }
        let one = Proto.PhoneNumber.with { for key in keys { $0.tags[key] = "v" } }
        let other = Proto.PhoneNumber.with { for key in keys.reversed() { $0.tags[key] = "v" } }
        #expect(one.encoded() == other.encoded())
    }

    @Test func `the last occurrence of a field counts`() throws {
        let twice: [UInt8] = [0x08, 1, 0x12, 1, 0x61, 0x08, 2, 0x12, 1, 0x62]
        let decoded = try Proto.PageRequest(decoding: twice)
        #expect(decoded.pageSize == 2)
        #expect(decoded.pageToken == "b")
        let action = try Proto.Fallback(decoding: [0x0A, 1, 0x61, 0x18, 1, 0x12, 1, 0x62]).action
        #expect(action == .forwardToE164("b"))
    }

    @Test func `unknown fields are sent on, in nested messages too`() throws {
        let unknown: [UInt8] = [0xC0, 0x3E, 7, 0xCA, 0x3E, 2, 0x68, 0x69, 0xCD, 0x3E, 1, 2, 3, 4]
        let bytes: [UInt8] = [0x0A, UInt8(unknown.count)] + unknown + unknown
        let decoded = try Proto.GetNumberResponse(decoding: bytes)
        #expect(decoded.unknownFields == unknown)
        #expect(decoded.number?.unknownFields == unknown)
        #expect(decoded.encoded() == bytes)
    }

    @Test func `U+0000 in text does not cut it`() throws {
        let encoded = Proto.AgentRef.with { $0.agentName = "a\0b\0" }.encoded()
        #expect(try Proto.AgentRef(decoding: encoded).agentName == "a\u{FFFD}b\u{FFFD}")
    }

    @Test func `the embedded descriptors are those of the file`() throws {
        #expect(DescriptorSet.bytes == [UInt8](try Data(contentsOf: Reference.protoset)))
        #expect(!DescriptorSet.bytes.isEmpty)
    }
}

@Suite struct ProtoEnumTests {
    @Test func `known numbers have cases and unknown ones are kept`() throws {
        #expect(Proto.Carrier(rawValue: 2) == .telnyx)
        #expect(Proto.Carrier(rawValue: 99) == .unrecognized(99))
        #expect(Proto.Carrier(rawValue: -1).rawValue == -1)
        #expect(Proto.Carrier.allKnown == [.unspecified, .twilio, .telnyx, .sip])
        let bytes: [UInt8] = [0x50, 99, 0x42, 3, 1, 99, 2]
        let number = try Proto.PhoneNumber(decoding: bytes)
        #expect(number.carrier == .unrecognized(99))
        #expect(number.capabilities == [.voice, .unrecognized(99), .sms])
        #expect(try Proto.PhoneNumber(decoding: number.encoded()) == number)
    }

    @Test(
        "names are read with or without the prefix, in either case",
        arguments: [
            ("TWILIO", .twilio), ("twilio", .twilio), ("CARRIER_TWILIO", .twilio),
            ("carrier_sip", .sip), ("", nil), ("CARRIER_", nil), ("bandwidth", nil),
        ] as [(String, Proto.Carrier?)])
    func names(text: String, carrier: Proto.Carrier?) {
        #expect(Proto.Carrier(name: text) == carrier)
    }

    @Test func `a value is called by its name or its number`() {
        #expect(Proto.NumberType.tollFree.name == "TOLL_FREE")
        #expect(Proto.NumberType.unrecognized(7).name == "7")
        #expect(Proto.HealthCheckResponse.ServingStatus.notServing.name == "NOT_SERVING")
    }
}
