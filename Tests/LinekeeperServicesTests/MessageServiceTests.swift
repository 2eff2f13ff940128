import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperServices
import LinekeeperStorage
import LinekeeperTestSupport
import Testing

struct MessageServiceTests {
    private static let record = NumberStage.service + "RecordMessages"
    private static let list = NumberStage.service + "ListMessages"

    private static func message(
        _ edit: (inout Proto.MessageRecord) -> Void = { _ in }
    ) -> Proto.MessageRecord {
        .with {
            $0.direction = .inbound
            $0.from = "+4930123456"
            $0.to = "+14155550100"
            $0.body = "hello"
            edit(&$0)
        }
    }

    private static func request(_ messages: [Proto.MessageRecord]) -> Proto.RecordMessagesRequest {
        .with { $0.messages = messages }
    }

    private static func messages(
        _ stage: NumberStage, _ edit: (inout Proto.ListMessagesRequest) -> Void = { _ in }
    ) async throws -> [Proto.MessageRecord] {
        var request = Proto.ListMessagesRequest()
        edit(&request)
        return try await stage.manager.call(
            request, list, Proto.ListMessagesResponse.self
        ).messages
    }

    @Test("B007 The runtime records a message, and the history shows it whole")
    func recorded() async throws {
        try await NumberStage.run { stage in
            let number = try await stage.addNumber("+14155550100")
            let runtime = try stage.client(.runtime)
            let sent = Self.message {
                $0.at = Proto.Timestamp(stage.clock.now.adding(seconds: -60))
                $0.body = "line one\nline two"
                $0.media = [
                    .with {
                        $0.url = "https://media.example/1"; $0.contentType = "image/png"
                    }
                ]
                $0.status = "received"
                $0.carrierMessageID = "SM1"
                $0.messageID = "ignored"
                $0.numberID = "ignored"
            }
            let reply = try await runtime.call(
                Self.request([sent]), Self.record, Proto.RecordMessagesResponse.self)
            let recorded = try #require(reply.messages.first)
            #expect(!recorded.duplicate && recorded.messageID.hasPrefix("msg_"))

            var expected = sent
            expected.messageID = recorded.messageID
            expected.numberID = number
            expected.kind = .mms
            #expect(try await Self.messages(stage) == [expected])

            let again = try await runtime.call(
                Self.request([sent]), Self.record, Proto.RecordMessagesResponse.self)
            #expect(again.messages.first?.duplicate == true)
            #expect(again.messages.first?.messageID == recorded.messageID)
            #expect(try await Self.messages(stage).count == 1)
            await runtime.close()
        }
    }

    @Test(
        "A missing plus sign is taken and the canonical form answered; time and kind are filled in")
    func filledIn() async throws {
        try await NumberStage.run { stage in
            try await stage.addNumber("+14155550100")
            let request = Self.request([
                Self.message {
                    $0.from = "4930123456"
                    $0.to = "14155550100"
                }
            ])
            _ = try await stage.manager.call(Self.record, payload: request.encoded())
            let kept = try #require(try await Self.messages(stage).first)
            #expect(kept.from == "+4930123456" && kept.to == "+14155550100")
            #expect(kept.at == Proto.Timestamp(stage.clock.now))
            #expect(kept.kind == .sms)
            #expect(kept.agentID == "")
        }
    }

    @Test("A message is refused with its place and field, and none of the request is kept")
    func refusals() async throws {
        try await NumberStage.run { stage in
            try await stage.addNumber("+14155550100")
            let media = { (count: Int) in
                (0..<count).map { index in
                    Proto.Media.with { $0.url = "https://media.example/\(index)" }
                }
            }
            let forms: [(String, (inout Proto.MessageRecord) -> Void)] = [
                ("direction", { $0.direction = .unspecified }),
                ("direction", { $0.direction = .unrecognized(3) }),
                ("kind", { $0.kind = .unrecognized(3) }),
                ("from", { $0.from = "12345" }),
                ("from", { $0.from = "sip:alice" }),
                ("to", { $0.to = "" }),
                ("to", { $0.to = "+14155550199" }),
                ("at", { $0.at = .with { $0.seconds = .max } }),
                ("at", { $0.at = Proto.Timestamp(stage.clock.now.adding(seconds: 90_000)) }),
                ("body", { $0.body = String(repeating: "a", count: 16_385) }),
                ("media", { $0.media = media(11) }),
                ("media.url", { $0.media = [.with { $0.url = "ftp://x" }] }),
                ("media.url", { $0.media = [.with { $0.url = "https://x\ty" }] }),
                (
                    "media.content_type",
                    {
                        $0.media = media(1); $0.media[0].contentType = "a\nb"
                    }
                ),
                ("agent_id", { $0.agentID = "a b" }),
                ("status", { $0.status = "a\nb" }),
                (
                    "carrier_message_id",
                    { $0.carrierMessageID = String(repeating: "a", count: 129) }
                ),
            ]
            for (field, edit) in forms {
                let refusal = await stage.manager.refusal(
                    Self.request([Self.message(), Self.message(edit)]), Self.record)
                #expect(refusal?.violations.map(\.field) == ["messages[1].\(field)"])
            }
            let tooMany = await stage.manager.refusal(
                Self.request((0..<1_001).map { _ in Self.message { $0.body = "" } }), Self.record)
            #expect(tooMany?.violations.map(\.field) == ["messages"])
            #expect(try await Self.messages(stage) == [])

            // The limits themselves are allowed.
            let most = Self.message {
                $0.body = String(repeating: "a", count: 16_384)
                $0.media = media(10)
            }
            _ = try await stage.manager.call(
                Self.record, payload: Self.request([most]).encoded())
            #expect(try await Self.messages(stage).first?.media.count == 10)
        }
    }

    @Test("B007 The history is filtered and paged, newest first")
    func filteredAndPaged() async throws {
        try await NumberStage.run { stage in
            let first = try await stage.addNumber("+14155550100")
            try await stage.addNumber("+14155550101")
            let now = stage.clock.now
            let sent = (1...5).map { index in
                Self.message {
                    $0.at = Proto.Timestamp(now.adding(seconds: -Int64(index)))
                    $0.body = "message \(index)"
                    if index.isMultiple(of: 2) {
                        $0.direction = .outbound
                        $0.from = "+14155550101"
                        $0.to = "+4930123456"
                        $0.agentID = "support"
                    }
                }
            }
            _ = try await stage.manager.call(Self.record, payload: Self.request(sent).encoded())
            func bodies(_ edit: (inout Proto.MessageFilter) -> Void) async throws -> [String] {
                try await Self.messages(stage) {
                    $0.filter = .with { edit(&$0) }
                }.map { String($0.body.suffix(1)) }
            }
            #expect(try await bodies { _ in } == ["1", "2", "3", "4", "5"])
            #expect(try await bodies { $0.numberID = first } == ["1", "3", "5"])
            #expect(try await bodies { $0.agentID = "support" } == ["2", "4"])
            #expect(try await bodies { $0.direction = .outbound } == ["2", "4"])
            #expect(try await bodies { $0.kind = .mms } == [])
            #expect(try await bodies { $0.text = "MESSAGE 3" } == ["3"])
            #expect(
                try await bodies {
                    $0.range = .with {
                        $0.from = Proto.Timestamp(now.adding(seconds: -4))
                        $0.until = Proto.Timestamp(now.adding(seconds: -2))
                    }
                } == ["3", "4"])

            var found: [String] = []
            var token = ""
            for _ in 0..<10 {
                let request = Proto.ListMessagesRequest.with {
                    $0.page = .with {
                        $0.pageSize = 2; $0.pageToken = token
                    }
                }
                let reply = try await stage.manager.call(
                    request, Self.list, Proto.ListMessagesResponse.self)
                found += reply.messages.map { String($0.body.suffix(1)) }
                token = reply.nextPageToken
                if token.isEmpty { break }
            }
            #expect(found == ["1", "2", "3", "4", "5"])
        }
    }

    @Test("A filter that cannot be read is refused, naming the field")
    func refusedFilters() async throws {
        try await NumberStage.run { stage in
            let forms: [(String, (inout Proto.MessageFilter) -> Void)] = [
                ("filter.direction", { $0.direction = .unrecognized(9) }),
                ("filter.kind", { $0.kind = .unrecognized(9) }),
                ("filter.agent_id", { $0.agentID = "a b" }),
                ("filter.text", { $0.text = "a\u{0B}" }),
                (
                    "filter.range.until",
                    {
                        $0.range = .with {
                            $0.from = .with { $0.seconds = 2 }
                            $0.until = .with { $0.seconds = 1 }
                        }
                    }
                ),
                (
                    "filter.range.from",
                    { $0.range = .with { $0.from = .with { $0.nanos = -1 } } }
                ),
            ]
            for (field, edit) in forms {
                let refusal = await stage.manager.refusal(
                    Proto.ListMessagesRequest.with { $0.filter = .with { edit(&$0) } }, Self.list)
                #expect(refusal?.violations.map(\.field) == [field])
            }
        }
    }
}
