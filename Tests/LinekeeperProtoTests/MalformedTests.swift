import LinekeeperProto
import Testing

@Suite struct MalformedTests {
    typealias Fault = MalformedMessage.Fault

    private static func fault<M: ProtoMessage>(
        _ type: M.Type, _ bytes: [UInt8]
    ) -> MalformedMessage? {
        do throws(MalformedMessage) {
            _ = try M(decoding: bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "text that C or UTF-8 would misread is refused by field",
        arguments: [
            ([0x61, 0], .embeddedNUL),
            ([0], .embeddedNUL),
            ([0xFF], .invalidUTF8),
            ([0x61, 0xC3], .invalidUTF8),
            ([0xC0, 0x80], .invalidUTF8),
            ([0xED, 0xA0, 0x80], .invalidUTF8),
            ([0xF4, 0x90, 0x80, 0x80], .invalidUTF8),
            ([0xC3, 0xA9], nil),
        ] as [([UInt8], Fault?)])
    func text(content: [UInt8], fault: Fault?) {
        let field = [0x0A, UInt8(content.count)] + content
        let expected = { (name: String) in fault.map { MalformedMessage(field: name, fault: $0) } }
        #expect(
            Self.fault(Proto.RouteInboundRequest.self, field) == expected("called_e164"))
        #expect(Self.fault(Proto.E164List.self, [0x0A, 0] + field) == expected("e164s"))
        // workspace_id of the number in the answer, two levels down.
        let number: [UInt8] = [0x1A, UInt8(content.count)] + content
        #expect(
            Self.fault(Proto.GetNumberResponse.self, [0x0A, UInt8(number.count)] + number)
                == expected("number.workspace_id"))
        let value = [0x12, UInt8(content.count)] + content
        for (entry, name) in [(field, "tags.key"), (value, "tags.value")] {
            #expect(
                Self.fault(Proto.PhoneNumber.self, [0xDA, 1, UInt8(entry.count)] + entry)
                    == expected(name))
        }
    }

    @Test func `a bad byte is found wherever it stands in text of any length`() {
        for length in 1...20 {
            let plain = [UInt8](repeating: 0x61, count: length)
            #expect(Self.fault(Proto.E164List.self, [0x0A, UInt8(length)] + plain) == nil)
            for place in 0..<length {
                for (byte, fault) in [(0, .embeddedNUL), (0x80, .invalidUTF8)] as [(UInt8, Fault)] {
                    var text = plain
                    text[place] = byte
                    #expect(
                        Self.fault(Proto.E164List.self, [0x0A, UInt8(length)] + text)
                            == MalformedMessage(field: "e164s", fault: fault))
                }
            }
        }
    }

    @Test(
        "bytes that are no message are refused",
        arguments: [
            ([0x08], "page_size"),  // no value
            ([0x08, 0x80], "page_size"),  // a number without its end
            ([0x08] + [UInt8](repeating: 0x80, count: 10) + [0], "page_size"),  // eleven bytes long
            ([0x12, 2, 0x61], "page_token"),  // cut off
            ([0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], "page_token"),
            ([0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F], "page_token"),  // 4 GiB announced
            ([0x10, 1], "page_token"),  // a number where text belongs
            ([0x0D, 1, 2, 3, 4], "page_size"),  // four bytes where a varint belongs
            ([0x0A, 1, 1], "page_size"),  // packed, though not repeated
            ([0x00, 1], ""),  // field 0
            ([0x0B, 0x0C], "page_size"),  // a group
            ([0xC3, 0x3E, 0xC4, 0x3E], ""),  // an unknown group
            ([0x0E, 1], "page_size"),  // no such wire type
            ([0x80, 0x80, 0x80, 0x80, 0x80, 0x01, 1], ""),  // a tag of six bytes
            ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], ""),
        ] as [([UInt8], String)])
    func garbage(bytes: [UInt8], field: String) {
        #expect(
            Self.fault(Proto.PageRequest.self, bytes)
                == MalformedMessage(field: field, fault: .truncatedOrGarbage))
    }

    @Test func `a submessage that comes twice is refused`() {
        #expect(
            Self.fault(Proto.ListNumbersRequest.self, [0x22, 0, 0x22, 0])
                == MalformedMessage(field: "page", fault: .repeatedSubmessage))
        #expect(
            Self.fault(Proto.UpdateNumberRequest.self, [0x3A, 0, 0x3A, 0])
                == MalformedMessage(field: "fallback", fault: .repeatedSubmessage))
        #expect(Self.fault(Proto.ListNumbersResponse.self, [0x0A, 0, 0x0A, 0]) == nil)
    }

    @Test func `packed numbers are checked to the last`() {
        // capabilities of an offer, as one packed field
        #expect(Self.fault(Proto.Offer.self, [0x22, 2, 1, 0x81])?.field == "capabilities")
        #expect(Self.fault(Proto.Offer.self, [0x22, 2, 1, 2]) == nil)
        #expect(Self.fault(Proto.Offer.self, [0x20, 1, 0x20, 2]) == nil)
    }

    @Test func `a cut-off message never passes for the whole one`() throws {
        let number = Proto.PhoneNumber.with {
            $0.numberID = "num_1"
            $0.e164 = "+14155550123"
            $0.capabilities = [.voice, .sms]
            $0.assignments = .with { $0.inbound = .with { $0.agentID = "agent-1" } }
            $0.tags = ["city": "Oslo", "team": "sales"]
            $0.createdAt = .with { $0.seconds = 1_700_000_000 }
            $0.ringTimeoutOverrideSeconds = 20
            $0.version = .max
        }
        let bytes = Proto.ListNumbersResponse.with { $0.numbers = [number, number] }.encoded()
        let whole = try Proto.ListNumbersResponse(decoding: bytes)
        #expect(whole.numbers == [number, number])
        for length in 0..<bytes.count {
            // A cut between two fields leaves a message, but a smaller one.
            let cut = try? Proto.ListNumbersResponse(decoding: Array(bytes.prefix(length)))
            #expect(cut != whole, "cut after \(length) bytes")
        }
    }

    @Test func `an error says which field and what is wrong`() {
        #expect(
            MalformedMessage(field: "page.page_token", fault: .invalidUTF8).description
                == "field page.page_token is not UTF-8 text")
        #expect(
            MalformedMessage(fault: .truncatedOrGarbage).description
                == "the message cannot be read: the bytes are cut off or garbled")
    }

    @Test func `no input crashes a decoder`() {
        let seed = Reference.seed()
        var random = SplitMix(state: seed)
        let types = Proto.allMessages.sorted { $0.key < $1.key }.map(\.value)
        var accepted = 0
        for _ in 0..<100_000 {
            let type = types[Int.random(in: 0..<types.count, using: &random)]
            accepted += Self.survives(type, Self.input(&random)) ? 1 : 0
        }
        // Bytes that look like fields must often enough get past the first check.
        #expect(accepted > 1000, "seed \(seed)")
    }

    /// Half noise, half something that looks like fields.
    private static func input(_ random: inout SplitMix) -> [UInt8] {
        var bytes: [UInt8] = []
        let length = Int.random(in: 0..<40, using: &random)
        while bytes.count < length {
            if random.next() & 1 == 0 {
                bytes.append(UInt8.random(in: 0...255, using: &random))
            } else {
                let number = UInt8.random(in: 1...15, using: &random)
                let content = Int.random(in: 0..<6, using: &random)
                bytes += [number << 3 | 2, UInt8(content)]
                for _ in 0..<content { bytes.append(UInt8.random(in: 0x08...0x7F, using: &random)) }
            }
        }
        return bytes
    }

    /// Whether the bytes were taken; what is taken can be encoded and is then the same.
    private static func survives<M: ProtoMessage>(_ type: M.Type, _ bytes: [UInt8]) -> Bool {
        guard let value = try? M(decoding: bytes) else { return false }
        #expect((try? M(decoding: value.encoded())) == value)
        return true
    }
}

/// A generator that gives the same numbers for the same seed.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
