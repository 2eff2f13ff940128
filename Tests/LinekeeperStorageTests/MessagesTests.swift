import LinekeeperCore
import Synchronization
import Testing

@testable import LinekeeperStorage

/// A workspace with two numbers, and messages between them and the world.
private struct MessageDesk {
    let desk: NumberDesk
    let first: NumberID
    let second: NumberID
    static let ours = "+14155550101"
    static let theirs = "+4930123456"

    init() async throws {
        desk = try await NumberDesk()
        first = try await desk.addNumber(MessageDesk.ours, id: 1)
        second = try await desk.addNumber("+14155550102", id: 2)
    }

    static func message(
        _ id: UInt64, at seconds: Int64 = 0, _ direction: MessageDirection = .inbound,
        ours: String = MessageDesk.ours, body: String = "", carrierID: String = "",
        _ edit: (inout NewMessage) -> Void = { _ in }
    ) throws -> NewMessage {
        let here = try #require(E164(ours.utf8))
        let there = try #require(E164(theirs.utf8))
        var message = NewMessage(
            id: MessageID(high: 5, low: id), at: Timestamp.start.adding(seconds: seconds),
            direction: direction, kind: .sms, from: direction == .inbound ? there : here,
            to: direction == .inbound ? here : there, body: body, media: [], agent: nil,
            status: "received", carrierMessageID: carrierID)
        edit(&message)
        return message
    }

    @discardableResult
    func record(
        _ messages: [NewMessage], in other: WorkspaceKey? = nil
    ) async throws -> [MessageLog.Entry] {
        let workspace = other ?? desk.workspace
        let entries = Box<[MessageLog.Entry]>([])
        try await desk.change { writer throws(DomainError) in
            entries.set(try MessageLog.record(messages, in: workspace, through: writer))
        }
        return entries.value
    }

    func refusal(_ messages: [NewMessage]) async -> DomainError? {
        let workspace = desk.workspace
        return await desk.refusal { writer throws(DomainError) in
            _ = try MessageLog.record(messages, in: workspace, through: writer)
        }
    }

    /// The last parts of the ids of a list, read page by page, and how many pages that took.
    func list(
        pageSize: Int = 1_000, _ edit: @escaping @Sendable (inout MessageFilter) -> Void = { _ in }
    ) async throws -> (ids: [UInt64], pages: Int) {
        let workspace = desk.workspace
        var filter = MessageFilter()
        edit(&filter)
        var ids: [UInt64] = []
        var position: PagePosition?
        for pages in 1...1_000 {
            let page = Page(size: pageSize, after: position)
            let rows = try await desk.store.read { [filter] reader throws(DomainError) in
                try reader.messages(of: workspace, matching: filter, page: page)
            }
            ids += rows.rows.map(\.id.low)
            position = rows.next
            if position == nil { return (ids, pages) }
        }
        Issue.record("The list does not end")
        return (ids, 1_000)
    }

    func key(of number: NumberID) async throws -> NumberKey {
        try await desk.record(number).key
    }

    /// Writes many messages of the first number at once, the first of them the oldest.
    func fill(_ count: Int) async throws {
        let key = try await key(of: first)
        try await desk.store.execute(
            """
            WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < $1)
            INSERT INTO message (message_id, workspace_key, number_key, at, direction, kind, sender,
                recipient, body)
            SELECT printf('msg_%016x%016x', 5, n), $2, $3, n, 1, 1, '+4930123456', '+14155550101',
                'body ' || n FROM counter
            """, .integer(Int64(count)), .integer(desk.workspace.rawValue), .integer(key.rawValue))
    }
}

/// Carries a value out of a closure that runs before it is read.
private final class Box<Value: Sendable>: Sendable {
    private let content: Mutex<Value>
    init(_ value: Value) { content = Mutex(value) }
    var value: Value { content.withLock { $0 } }
    func set(_ value: Value) { content.withLock { $0 = value } }
}

struct MessagesTests {
    @Test("B007 A message is kept whole: when, who, what, media, status, agent")
    func keptWhole() async throws {
        let stage = try await MessageDesk()
        let agent = try await stage.desk.addAgent("support")
        try await stage.desk.assign(stage.first) { $0.sms = .assign(agent) }
        let message = try MessageDesk.message(1, body: "line one\nline \"two\"", carrierID: "SM1") {
            $0.kind = .mms
            $0.media = [
                MessageMedia(url: "https://media.example/1", contentType: "image/png"),
                MessageMedia(url: "https://media.example/2?a=b,c;d", contentType: ""),
            ]
        }
        let entries = try await stage.record([message])
        #expect(entries == [.init(id: message.id, isDuplicate: false)])

        let workspace = stage.desk.workspace
        let rows = try await stage.desk.store.read { reader throws(DomainError) in
            try reader.messages(
                of: workspace, matching: MessageFilter(), page: Page(size: 10, after: nil))
        }.rows
        let kept = try #require(rows.first)
        #expect(
            kept
                == MessageRecord(
                    key: kept.key, id: message.id, at: message.at, direction: .inbound, kind: .mms,
                    from: message.from, to: message.to, body: message.body, media: message.media,
                    number: stage.first, agentID: "support", status: "received",
                    carrierMessageID: "SM1"))
        let event = try #require(try await stage.desk.events().first)
        #expect(event.action == "messages.recorded")
        #expect(!event.detailsJSON.contains("line"))
        stage.desk.close()
    }

    @Test("A message belongs to the agent of the moment, unless it says which")
    func agentOfTheMoment() async throws {
        let stage = try await MessageDesk()
        let agent = try await stage.desk.addAgent("support")
        try await stage.record([try MessageDesk.message(1)])
        try await stage.desk.assign(stage.first) { $0.sms = .assign(agent) }
        try await stage.record([
            try MessageDesk.message(2),
            try MessageDesk.message(3) { $0.agent = AgentID("other") },
        ])
        try await stage.desk.assign(stage.first) { $0.sms = .clear }
        try await stage.record([try MessageDesk.message(4)])
        #expect(try await stage.list { $0.agentID = "support" }.ids == [2])
        #expect(try await stage.list { $0.agentID = "other" }.ids == [3])
        #expect(try await stage.list { $0.agentID = "nobody" }.ids == [])
        #expect(try await stage.list().ids == [4, 3, 2, 1])
        stage.desk.close()
    }

    @Test("A carrier's message id is kept once in a workspace, within one request as well")
    func duplicates() async throws {
        let stage = try await MessageDesk()
        let other = try await NumberDesk.addWorkspace("Other", to: stage.desk.store)
        try await stage.desk.addNumber("+14155550199", id: 9, in: other)
        let entries = try await stage.record([
            try MessageDesk.message(1, carrierID: "SM1"),
            try MessageDesk.message(2, carrierID: "SM1"),
            try MessageDesk.message(3), try MessageDesk.message(4),
        ])
        let first = MessageID(high: 5, low: 1)
        #expect(entries.map(\.isDuplicate) == [false, true, false, false])
        #expect(entries.map(\.id)[1] == first)
        let again = try await stage.record([
            try MessageDesk.message(5, body: "another text", carrierID: "SM1")
        ])
        #expect(again == [.init(id: first, isDuplicate: true)])
        #expect(try await stage.list().ids == [4, 3, 1])
        #expect(
            try await stage.desk.events().filter { $0.action == "messages.recorded" }.count == 1)
        // Another workspace has ids of its own.
        let elsewhere = try await stage.record(
            [try MessageDesk.message(6, ours: "+14155550199", carrierID: "SM1")], in: other)
        #expect(elsewhere.map(\.isDuplicate) == [false])
        stage.desk.close()
    }

    @Test("The number here is the receiver of an inbound and the sender of an outbound message")
    func direction() async throws {
        let stage = try await MessageDesk()
        try await stage.record([
            try MessageDesk.message(1, .inbound), try MessageDesk.message(2, .outbound),
        ])
        let wrong = try MessageDesk.message(3, .inbound) {
            swap(&$0.from, &$0.to)
        }
        let refusal = await stage.refusal([try MessageDesk.message(4), wrong])
        #expect(refusal?.reason == .numberNotFound)
        #expect(refusal?.field == "messages[1].to")
        // All or none.
        #expect(try await stage.list().ids == [2, 1])
        stage.desk.close()
    }

    @Test("B200 A message of another workspace's number is refused as if the number were unknown")
    func otherWorkspace() async throws {
        let stage = try await MessageDesk()
        let other = try await NumberDesk.addWorkspace("Other", to: stage.desk.store)
        try await stage.desk.addNumber("+14155550199", id: 9, in: other)
        let foreign = await stage.refusal([try MessageDesk.message(1, ours: "+14155550199")])
        let unknown = await stage.refusal([try MessageDesk.message(1, ours: "+14155550198")])
        #expect(foreign?.reason == .numberNotFound)
        #expect(foreign?.reason == unknown?.reason)
        #expect(foreign?.field == unknown?.field)
        stage.desk.close()
    }

    @Test("A message dated more than a day ahead is refused")
    func future() async throws {
        let stage = try await MessageDesk()
        let day = MessageLog.clockSkewSeconds
        #expect(
            await stage.refusal([try MessageDesk.message(1, at: day + 1)])?.field
                == "messages[0].at")
        try await stage.record([try MessageDesk.message(1, at: day)])
        stage.desk.close()
    }

    @Test("B007 History is newest first, in pages of any size, and filters hold in all parts")
    func filters() async throws {
        let stage = try await MessageDesk()
        let agent = AgentID("support")
        try await stage.record([
            try MessageDesk.message(1, at: 10, body: "Hello World"),
            try MessageDesk.message(2, at: 30, .outbound, body: "hello 100%"),
            try MessageDesk.message(3, at: 20, ours: "+14155550102") { $0.kind = .mms },
            try MessageDesk.message(4, at: 20, .outbound, body: "hello") { $0.agent = agent },
            try MessageDesk.message(5, at: 20, ours: "+14155550102") { $0.agent = agent },
        ])
        let first = try await stage.key(of: stage.first)
        let second = try await stage.key(of: stage.second)
        let moment = { @Sendable (seconds: Int64) in Timestamp.start.adding(seconds: seconds) }
        for size in 1...6 {
            #expect(try await stage.list(pageSize: size).ids == [2, 5, 4, 3, 1])
            #expect(try await stage.list(pageSize: size) { $0.number = first }.ids == [2, 4, 1])
            #expect(
                try await stage.list(pageSize: size) { $0.agentID = "support" }.ids == [5, 4])
            #expect(
                try await stage.list(pageSize: size) { $0.direction = .inbound }.ids == [5, 3, 1])
        }
        let list = { (edit: @escaping @Sendable (inout MessageFilter) -> Void) in
            try await stage.list(edit).ids
        }
        #expect(try await list { $0.kind = .mms } == [3])
        #expect(try await list { $0.from = moment(20) } == [2, 5, 4, 3])
        #expect(try await list { $0.until = moment(20) } == [1])
        #expect(
            try await list {
                $0.from = moment(10)
                $0.until = moment(30)
            } == [5, 4, 3, 1])
        #expect(try await list { $0.text = "HELLO" } == [2, 4, 1])
        #expect(try await list { $0.text = "100%" } == [2])
        #expect(try await list { $0.text = "h_llo" } == [])
        #expect(
            try await list {
                $0.number = second
                $0.agentID = "support"
            } == [5])
        #expect(
            try await list {
                $0.number = first
                $0.direction = .outbound
                $0.kind = .sms
                $0.agentID = "support"
                $0.text = "hello"
                $0.from = moment(20)
            } == [4])
        stage.desk.close()
    }

    @Test("B200 Another workspace sees none of it")
    func invisibleElsewhere() async throws {
        let stage = try await MessageDesk()
        let other = try await NumberDesk.addWorkspace("Other", to: stage.desk.store)
        try await stage.record([try MessageDesk.message(1, body: "hello")])
        for text in [nil, "hello"] {
            let rows = try await stage.desk.store.read { reader throws(DomainError) in
                var filter = MessageFilter()
                filter.text = text
                return try reader.messages(
                    of: other, matching: filter, page: Page(size: 10, after: nil))
            }
            #expect(rows.rows.isEmpty && rows.next == nil)
        }
        stage.desk.close()
    }

    @Test("Messages that stay are listed once each while newer and older ones arrive")
    func stable() async throws {
        let stage = try await MessageDesk()
        let messages = try (1...9).map { try MessageDesk.message(UInt64($0), at: Int64($0 / 2)) }
        try await stage.record(messages)
        let workspace = stage.desk.workspace
        var ids: [UInt64] = []
        var position: PagePosition?
        var next: UInt64 = 100
        repeat {
            let page = Page(size: 2, after: position)
            let rows = try await stage.desk.store.read { reader throws(DomainError) in
                try reader.messages(of: workspace, matching: MessageFilter(), page: page)
            }
            ids += rows.rows.map(\.id.low)
            position = rows.next
            try await stage.record([
                try MessageDesk.message(next, at: 50),
                try MessageDesk.message(next + 1, at: Int64(next % 5)),
            ])
            next += 2
            try #require(next < 200)
        } while position != nil
        #expect(ids.filter { $0 < 100 } == [9, 8, 7, 6, 5, 4, 3, 2, 1])
        #expect(Set(ids).count == ids.count)
        stage.desk.close()
    }

    @Test("A rare match in a long history is found over pages that each look at a limited stretch")
    func window() async throws {
        let stage = try await MessageDesk()
        let count = MessageListQuery.window * 2 + 500
        try await stage.fill(count)
        let rare = try await stage.list(pageSize: 5) { $0.text = "body 77" }
        let expected = (1...count).filter { "body \($0)".contains("body 77") }.reversed()
        #expect(rare.ids == expected.map { UInt64($0) })
        let none = try await stage.list { $0.kind = .mms }
        #expect(none.ids.isEmpty)
        #expect(none.pages == 3)
        let all = try await stage.list(pageSize: 1_000) { $0.direction = .inbound }
        #expect(all.ids.count == count)
        #expect(all.ids == all.ids.sorted(by: >))
        stage.desk.close()
    }

    @Test("A history as long as the stretch has one page more at most")
    func windowsEdge() async throws {
        for extra in [-1, 0, 1] {
            let stage = try await MessageDesk()
            try await stage.fill(MessageListQuery.window + extra)
            let none = try await stage.list { $0.text = "nothing like it" }
            #expect(none.ids.isEmpty)
            #expect(none.pages == (extra < 0 ? 1 : 2), "\(extra)")
            stage.desk.close()
        }
    }

    @Test("Every filter walks one index in its order: no scan, no sorting")
    func plans() async throws {
        let stage = try await MessageDesk()
        let number = try await stage.key(of: stage.first)
        let edits: [(index: String, edit: (inout MessageFilter) -> Void)] = [
            ("message_by_workspace", { _ in }),
            ("message_by_number", { $0.number = number }),
            ("message_by_agent", { $0.agentID = "support" }),
            ("message_by_workspace", { $0.from = .start }),
            (
                "message_by_number",
                {
                    $0.number = number
                    $0.from = .start
                    $0.until = .start
                }
            ),
            ("message_by_workspace", { $0.text = "hello" }),
            ("message_by_workspace", { $0.direction = .inbound }),
            (
                "message_by_agent",
                {
                    $0.agentID = "support"
                    $0.kind = .mms
                }
            ),
            (
                "message_by_number",
                {
                    $0.number = number
                    $0.agentID = "support"
                }
            ),
        ]
        for after in [nil, PagePosition(sortValue: "1", rowKey: 1)] {
            for (index, edit) in edits {
                var filter = MessageFilter()
                edit(&filter)
                let page = try MessageListQuery(
                    workspace: stage.desk.workspace, filter: filter, after: after,
                    end: filter.isIndexed ? nil : PagePosition(sortValue: "0", rowKey: 1),
                    limit: 51)
                let plan = try await stage.desk.plan(page)
                #expect(plan.contains("USING INDEX \(index)"), "\(plan)")
                #expect(!plan.contains("SCAN"), "\(plan)")
                #expect(!plan.contains("TEMP B-TREE"), "\(plan)")
                let end = try MessageWindowEnd(
                    workspace: stage.desk.workspace, filter: filter, after: after)
                #expect(
                    try await stage.desk.plan(end).contains("USING COVERING INDEX \(index)"))
            }
        }
        stage.desk.close()
    }

    @Test("A carrier's id is looked up in its index")
    func planByCarrierID() async throws {
        let stage = try await MessageDesk()
        let plan = try await stage.desk.plan(
            MessageByCarrierID(carrierID: "SM1", workspace: stage.desk.workspace))
        #expect(plan.contains("USING INDEX message_by_carrier_id"), "\(plan)")
        stage.desk.close()
    }
}
