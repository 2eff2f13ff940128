import Foundation
import LinekeeperProto
import TestPrograms
import Testing

@Suite struct JSONTests {
    private static let transcoder = Result {
        JSONTranscoder(try SchemaPool(descriptorSet: DescriptorSet.bytes))
    }

    private func bytes(_ json: String) throws -> [UInt8] {
        try Self.transcoder.get().bytes(fromJSON: json, type: "linekeeper.v1.PhoneNumber")
    }

    private func json(_ message: some ProtoMessage, pretty: Bool = false) throws -> String {
        let type = type(of: message).fullName
        return try Self.transcoder.get().json(from: message.encoded(), type: type, pretty: pretty)
    }

    @Test(arguments: [false, true])
    func `JSON is what Python makes of it, both ways`(everyKind: Bool) async throws {
        let seed = Reference.seed()
        try await Reference.withScratch { scratch in
            let protoset = everyKind ? scratch.appending(path: "set") : Reference.protoset
            if everyKind { try await compileEveryKind(to: protoset) }
            let pool = try SchemaPool(descriptorSet: [UInt8](try Data(contentsOf: protoset)))
            let transcoder = JSONTranscoder(pool)
            let count = everyKind ? "300" : "25"
            let made = try await Reference.ask("json", [String(seed), count], protoset: protoset)
            let given = try Reference.records(made)
            var answers: [Reference.Record] = []
            for (index, record) in given.enumerated() {
                var answer = record
                if index.isMultiple(of: 2) {
                    let json = try transcoder.json(
                        from: record.bytes, type: record.type, pretty: true)
                    answer.bytes = Array(json.utf8)
                } else {
                    let json = String(decoding: record.bytes, as: UTF8.self)
                    answer.bytes = try transcoder.bytes(fromJSON: json, type: record.type)
                }
                answers.append(answer)
            }
            let (before, after) = (scratch.appending(path: "a"), scratch.appending(path: "b"))
            try made.write(to: before)
            try Reference.write(answers, to: after)
            let compared = try await Reference.ask(
                "compare-json", [before.path, after.path], protoset: protoset)
            #expect(String(decoding: compared, as: UTF8.self) == "\(given.count)\n", "seed \(seed)")
        }
    }

    private func compileEveryKind(to protoset: URL) async throws {
        let here = Checkout.path("Tests/LinekeeperProtoTests")
        _ = try await Reference.run(
            "/usr/bin/protoc",
            [
                "-I", here, "--include_imports", "--descriptor_set_out=\(protoset.path)",
                "every_kind.proto",
            ])
    }

    @Test func `a message reads as a person would write it`() throws {
        let number = Proto.PhoneNumber.with {
            $0.numberID = "num_1"
            $0.carrier = .telnyx
            $0.capabilities = [.voice, .unrecognized(42)]
            $0.monthlyCostCredits = .max
            $0.createdAt = .with { $0.seconds = 1_767_225_600 }
            $0.ringTimeoutOverrideSeconds = 0
            $0.tags = ["b": "2", "a": "\"\n\u{7}"]
            $0.assignments = .init()
        }
        #expect(
            try json(number, pretty: true) == """
                {
                  "numberId": "num_1",
                  "capabilities": [
                    "CAPABILITY_VOICE",
                    42
                  ],
                  "carrier": "CARRIER_TELNYX",
                  "monthlyCostCredits": "9223372036854775807",
                  "assignments": {},
                  "ringTimeoutOverrideSeconds": 0,
                  "tags": {
                    "a": "\\"\\n\\u0007",
                    "b": "2"
                  },
                  "createdAt": "2026-01-01T00:00:00Z"
                }
                """)
        #expect(try Proto.PhoneNumber(decoding: bytes(try json(number))) == number)
        #expect(try json(Proto.PhoneNumber()) == "{}")
    }

    @Test(
        "names and values are taken in every form a person may write",
        arguments: [
            #"{"carrier": "CARRIER_TWILIO"}"#, #"{"carrier": "twilio"}"#, #"{"carrier": "Twilio"}"#,
            #"{"carrier": 1}"#, #"{"carrier": "1"}"#, #" { "carrier" : 1.0 , "label": null } "#,
            #"{"carrier": 10e-1, "tags": {}, "capabilities": []}"#,
        ])
    func forms(json: String) throws {
        #expect(
            try Proto.PhoneNumber(decoding: bytes(json)) == .with { $0.carrier = .twilio })
    }

    @Test func `both names of a field are taken`() throws {
        for name in ["numberId", "number_id"] {
            let json = #"{"\#(name)": "\u00e9\ud83d\ude00"}"#
            let number = try Proto.PhoneNumber(decoding: bytes(json))
            #expect(number.numberID == "é😀")
        }
    }

    @Test(
        "an error names the field and what was expected",
        arguments: [
            (
                "{\"carier\": 1}",
                "carier: linekeeper.v1.PhoneNumber has no such field; it has numberId"
            ),
            (
                "{\"carrier\": \"att\"}",
                "carrier: expected one of UNSPECIFIED, TWILIO, TELNYX, SIP, not the text \"att\""
            ),
            ("{\"carrier\": true}", "carrier: expected one of UNSPECIFIED"),
            ("{\"e164\": 1}", "e164: expected text in double quotes, not the number 1"),
            (
                "{\"version\": -1}",
                "version: expected a whole number from 0 to 18446744073709551615, not the number -1"
            ),
            ("{\"version\": 18446744073709551616}", "version: expected a whole number"),
            ("{\"version\": \"-\"}", "version: expected a whole number"),
            ("{\"version\": \"+1\"}", "version: expected a whole number"),
            ("{\"version\": 1.5}", "version: expected a whole number"),
            ("{\"version\": 1e999999999999999999999}", "version: expected a whole number"),
            ("{\"ringTimeoutOverrideSeconds\": 4294967296}", "from 0 to 4294967295"),
            ("{\"outboundLock\": \"true\"}", "outboundLock: expected true or false"),
            ("{\"capabilities\": 1}", "capabilities: expected a list, not the number 1"),
            ("{\"capabilities\": [\"voice\", null]}", "capabilities[1]: expected one of"),
            ("{\"tags\": [1]}", "tags: expected an object, not a list"),
            ("{\"tags\": {\"a\": 1}}", "tags[\"a\"]: expected text"),
            (
                "{\"assignments\": {\"inbound\": {\"agentId\": 5}}}",
                "assignments.inbound.agentId: expected"
            ),
            ("{\"createdAt\": \"2026-02-29T00:00:00Z\"}", "createdAt: expected a time as in"),
            ("{\"createdAt\": 5}", "createdAt: expected a time as in"),
            (
                "{\"fallback\": {\"agentId\": \"a\", \"reject\": true}}",
                "fallback.reject: excludes agentId"
            ),
            (
                "{\"numberId\": \"a\", \"number_id\": \"b\"}",
                "number_id: the same field as numberId"
            ),
            ("{\"e164\": \"a\", \"e164\": \"b\"}", "occurs twice"),
            ("[]", "expected an object with the fields of linekeeper.v1.PhoneNumber, not a list"),
            ("", "not JSON: expected a JSON value at line 1, column 1"),
            ("{\n  \"e164\": \"a\",\n}", "expected a name in double quotes at line 3, column 1"),
            ("{} {}", "expected nothing more"), ("{\"a\" 1}", "expected a colon"),
            ("{\"a\": 01}", "expected a comma or }"), ("{\"a\": 1.}", "expected a digit"),
            ("{\"a\": .5}", "expected a JSON value"), ("{\"a\": nul}", "expected a JSON value"),
            ("{\"a\": \"\\x\"}", "after a backslash"), ("{\"a\": \"\\ud800\"}", "low surrogate"),
            ("{\"a\": \"\\udc00\"}", "surrogates in pairs"), ("{\"a\": \"\\u12\"}", "hexadecimal"),
            ("{\"a\": \"x", "expected a closing quote"), ("{\"a\": \"\t\"}", "control characters"),
            ("{\"a\": '1'}", "expected a JSON value"), ("[1, 2", "expected a comma or ]"),
            ("{\"a\": \"\\", "after a backslash"),
        ])
    func refused(json: String, why: String) throws {
        let error = #expect(throws: TranscodingError.self) { try bytes(json) }
        #expect(error?.description.contains(why) == true, "\(error?.description ?? "nothing")")
    }

    @Test func `JSON nested without end is refused`() throws {
        for opening in ["[", "{\"a\":"] {
            let deep = String(repeating: opening, count: 100_000)
            let error = #expect(throws: TranscodingError.self) { try bytes(deep) }
            #expect(error?.problem.contains("levels of nesting") == true)
        }
    }

    @Test func `a recursive message of a stranger is refused past 64 levels`() async throws {
        try await Reference.withScratch { scratch in
            let protoset = scratch.appending(path: "set")
            try await compileEveryKind(to: protoset)
            let pool = try SchemaPool(descriptorSet: [UInt8](try Data(contentsOf: protoset)))
            let transcoder = JSONTranscoder(pool)
            func nested(_ levels: Int) -> [UInt8] {
                var bytes: [UInt8] = []
                for _ in 0..<levels {
                    var length = bytes.count
                    var prefix: [UInt8] = [0x8A, 0x01]
                    while length >= 0x80 {
                        prefix.append(UInt8(length & 0x7F) | 0x80)
                        length >>= 7
                    }
                    bytes = prefix + [UInt8(length)] + bytes
                }
                return bytes
            }
            let type = "sample.v1.Everything"
            #expect(try transcoder.json(from: nested(64), type: type).count > 64)
            for levels in [65, 5000] {
                let error = #expect(throws: TranscodingError.self) {
                    try transcoder.json(from: nested(levels), type: type)
                }
                #expect(error?.problem.contains("nested") == true)
            }
        }
    }

    @Test func `bytes that are no message are refused with their field`() throws {
        let transcoder = try Self.transcoder.get()
        for (bytes, path) in [
            ([0x12, 0xFF], ""), ([0x12, 1, 0xFF], "e164"), ([0x15, 1, 2, 3, 4], "e164"),
            ([0xB2, 1, 3, 0x0A, 1, 0], "assignments.inbound"), ([0x0B], ""),
            ([0xB2, 1, 2, 0x0A, 5], "assignments"), ([0x42, 2, 1, 0x80], "capabilities"),
            ([0x92, 1, 10, 0x08] + [UInt8](repeating: 0xFF, count: 8) + [0x7F], "renewsAt"),
        ] as [([UInt8], String)] {
            let error = #expect(throws: TranscodingError.self) {
                try transcoder.json(from: bytes, type: "linekeeper.v1.PhoneNumber")
            }
            #expect(error?.path == path, "\(bytes): \(error?.description ?? "nothing")")
        }
        #expect(throws: TranscodingError.self) { try transcoder.json(from: [], type: "no.Such") }
    }

    @Test func `no input crashes the transcoder or the reader of descriptors`() throws {
        var random = SplitMix(state: Reference.seed())
        let transcoder = try Self.transcoder.get()
        let types = Proto.allMessages.keys.sorted()
        let json = Array(try json(Proto.PhoneNumber.with { $0.tags = ["a": "b"] }).utf8)
        for _ in 0..<20_000 {
            let noise = (0..<Int.random(in: 0..<30, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let type = types[Int.random(in: 0..<types.count, using: &random)]
            _ = try? transcoder.json(from: noise, type: type)
            var text = json
            let place = Int.random(in: 0..<text.count, using: &random)
            text[place] = UInt8.random(in: 0x20...0x7E, using: &random)
            _ = try? transcoder.bytes(
                fromJSON: String(decoding: text, as: UTF8.self), type: "linekeeper.v1.PhoneNumber")
        }
        for _ in 0..<50 {
            var descriptors = DescriptorSet.bytes
            for _ in 0..<5 {
                let place = Int.random(in: 0..<descriptors.count, using: &random)
                descriptors[place] = UInt8.random(in: 0...255, using: &random)
            }
            _ = try? SchemaPool(descriptorSet: descriptors)
        }
        #expect(throws: MalformedSchema.self) { try SchemaPool(descriptorSet: [0x0A, 5]) }
    }
}

@Suite struct SchemaPoolTests {
    @Test func `knows every method and message of the protos`() throws {
        let pool = try SchemaPool(descriptorSet: DescriptorSet.bytes)
        #expect(Set(pool.messageNames) == Set(Proto.allMessages.keys))
        let watch = try #require(pool.method(path: "/linekeeper.v1.NumberService/WatchOrders"))
        #expect(watch.input == "linekeeper.v1.WatchOrdersRequest")
        #expect(watch.output == "linekeeper.v1.Order")
        #expect(watch.isServerStreaming)
        #expect(pool.method(path: "/grpc.health.v1.Health/Check")?.isServerStreaming == false)
        #expect(pool.method(path: "/none") == nil)
        for method in pool.methods {
            #expect(Proto.allMessages[method.input] != nil)
            #expect(Proto.allMessages[method.output] != nil)
            #expect(!method.isClientStreaming, "the protocol has no client streams")
        }
    }
}
