import LinekeeperCore
import LinekeeperProto
import LinekeeperServices
import LinekeeperStorage
import LinekeeperTestSupport
import Testing

struct PagingTests {
    private let tokens = PageTokens(secret: [UInt8](repeating: 7, count: 32))
    private let workspace = WorkspaceKey(rawValue: 3)
    private let position = PagePosition(sortValue: "Zürich, \"desk\"", rowKey: -9_000_000_000)

    private func request(
        _ edit: (inout Proto.ListNumbersRequest) -> Void = { _ in }
    ) -> Proto.ListNumbersRequest {
        .with {
            $0.orderBy = "label"
            $0.filter = .with { $0.text = "x" }
            edit(&$0)
        }
    }

    private func reading<Request: PagedRequest>(
        _ token: String, of request: Request, in workspace: WorkspaceKey? = nil,
        by tokens: PageTokens? = nil
    ) throws(DomainError) -> Page {
        var request = request
        request.page = .with { $0.pageToken = token }
        return try (tokens ?? self.tokens).page(of: request, in: workspace ?? self.workspace)
    }

    private func refusal<Request: PagedRequest>(
        _ token: String, of request: Request, in workspace: WorkspaceKey? = nil,
        by tokens: PageTokens? = nil
    ) -> DomainError? {
        do {
            _ = try reading(token, of: request, in: workspace, by: tokens)
            return nil
        } catch { return error }
    }

    @Test("A token brings back the position it was made for, whatever the page size")
    func roundTrip() throws {
        let token = tokens.token(after: position, of: request(), in: workspace)
        for size: UInt32 in [0, 1, 500] {
            let again = request {
                $0.page = .with {
                    $0.pageSize = size; $0.pageToken = token
                }
            }
            #expect(try tokens.page(of: again, in: workspace).after == position)
        }
        #expect(tokens.token(after: nil, of: request(), in: workspace) == "")
        #expect(try reading("", of: request()).after == nil)
    }

    @Test(
        "A page has 50 rows by default and 1,000 at most",
        arguments: [(UInt32(0), 50), (1, 1), (1_000, 1_000), (1_001, 1_000), (.max, 1_000)])
    func size(asked: UInt32, given: Int) throws {
        let request = request { $0.page = .with { $0.pageSize = asked } }
        #expect(try tokens.page(of: request, in: workspace).size == given)
        #expect(try tokens.page(of: self.request(), in: workspace).size == 50)
    }

    @Test("A token of another workspace, filter, order, method or server is refused")
    func foreign() throws {
        let token = tokens.token(after: position, of: request(), in: workspace)
        let otherServer = PageTokens(secret: [UInt8](repeating: 8, count: 32))
        let refusals = [
            refusal(token, of: request(), in: WorkspaceKey(rawValue: 4)),
            refusal(token, of: request { $0.filter?.text = "y" }),
            refusal(token, of: request { $0.filter = nil }),
            refusal(token, of: request { $0.orderBy = "e164" }),
            refusal(token, of: Proto.ListEventsRequest()),
            refusal(token, of: request(), by: otherServer),
        ]
        for refusal in refusals {
            #expect(refusal?.reason == .invalidPageToken)
            #expect(refusal?.field == "page.page_token")
        }
        #expect(try reading(token, of: request()).after == position)
    }

    @Test("A token with any one character changed, cut or added is refused")
    func forged() throws {
        let token = tokens.token(after: position, of: request(), in: workspace)
        let characters = Array(token)
        for index in characters.indices {
            var changed = characters
            changed[index] = changed[index] == "0" ? "1" : "0"
            #expect(refusal(String(changed), of: request()) != nil)
            let cut = String(characters.prefix(index)) + "g"
            #expect(refusal(cut, of: request()) != nil)
        }
        for text in [
            String(token.dropLast(2)), token + "00", token.uppercased(), "00", "not a token",
            String(repeating: "0", count: 80), String(repeating: "ab", count: 5_000), "é",
        ] {
            #expect(refusal(text, of: request()) != nil)
        }
    }

    @Test("The key of the tokens is made once and kept in the store")
    func keptKey() async throws {
        let folder = TestFolder()
        let clock = TestClock()
        var token = ""
        for _ in 0..<2 {
            let store = try SQLiteStore.open(directory: folder.path, clock: clock, logger: .quiet)
            let loaded = try await PageTokens.load(from: store, at: clock.now)
            if token.isEmpty {
                token = loaded.token(after: position, of: request(), in: workspace)
            }
            #expect(try reading(token, of: request(), by: loaded).after == position)
            store.close()
        }
    }
}

struct TimestampTests {
    @Test(
        "A moment keeps its microseconds on the wire, before 1970 as well",
        arguments: [0, 1, -1, 999_999, 1_000_000, -1_000_000, -1_500_001, 1_767_225_600_123_456])
    func roundTrip(microseconds: Int64) throws {
        let moment = Timestamp(microseconds: microseconds)
        let wire = Proto.Timestamp(moment)
        #expect((0...999_999_999).contains(wire.nanos))
        #expect(try Timestamp(wire, field: "at") == moment)
    }

    @Test(
        "A time outside the years 1 to 9999 is refused",
        arguments: [
            (Int64.max, Int32(0)), (.min, 0), (253_402_300_800, 0), (-62_135_596_801, 0), (0, -1),
            (0, 1_000_000_000), (0, .max),
        ])
    func outOfRange(seconds: Int64, nanos: Int32) {
        let wire = Proto.Timestamp.with {
            $0.seconds = seconds
            $0.nanos = nanos
        }
        let error = #expect(throws: DomainError.self) { try Timestamp(wire, field: "at") }
        #expect(error?.field == "at")
    }

    @Test("Every moment of the store has a form on the wire", arguments: [Int64.min, .max])
    func extremes(microseconds: Int64) {
        let wire = Proto.Timestamp(Timestamp(microseconds: microseconds))
        #expect((0...999_999_999).contains(wire.nanos))
    }
}
