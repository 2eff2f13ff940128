import LinekeeperProto
import Synchronization
import Testing

@testable import LinekeeperRPC

@Suite struct LookaheadTests {
    /// What a method was asked to prepare, in order: `(state, step)`, a step of -1 for the beginning.
    private final class Notes: Sendable {
        let all = Mutex<[[UInt64]]>([])

        func add(_ state: UInt64, _ step: Int) {
            all.withLock { $0.append([state, UInt64(bitPattern: Int64(step))]) }
        }
    }

    private let notes = Notes()
    private let arena = Arena()

    /// `/a.B/Seen` prepares as many steps as its payload's first byte says; `/a.B/Blind` none.
    private func methods(isUseful: Bool = true) -> ServedMethods {
        let notes = notes
        var table = MethodTable()
        table.inline(
            "/a.B/Seen", access: .anyIdentity,
            foresight: Foresight {
                isUseful
            } first: { call in
                UInt64(call.payload.copy().first ?? 0)
            } next: { state, step in
                notes.add(state, step)
                return state - 1
            }
        ) { _ in .payload([]) }
        table.inline("/a.B/Blind", access: .anyIdentity) { _ in .payload([]) }
        return ServedMethods(table)
    }

    private func frames(_ calls: [(String, UInt8)]) throws -> [UInt8] {
        var bytes: [UInt8] = []
        for (callID, call) in calls.enumerated() {
            bytes += try #require(
                FrameEncoder(arena: arena).request(
                    callID: UInt64(callID + 1), method: call.0, payload: [call.1]))
        }
        return bytes
    }

    private func look(at bytes: [UInt8], from offset: Int = 0) -> Int {
        let methods = methods()
        return withExtendedLifetime(methods) {
            Lookahead().look(
                at: bytes.span.bytes, from: offset, methods.hot,
                InlineCall(arena: arena, ids: RequestIDs()))
        }
    }

    @Test func `every step is taken for all calls before the next one`() throws {
        let bytes = try frames([
            ("/a.B/Seen", 3), ("/a.B/Blind", 9), ("/a.B/Seen", 1), ("/a.B/C", 2),
        ])
        #expect(look(at: bytes) == bytes.count)
        #expect(notes.all.withLock { $0 } == [[3, 0], [1, 0], [2, 1], [1, 2]])
    }

    @Test func `a call alone, or with nothing to prepare, is left as it is`() throws {
        #expect(look(at: try frames([("/a.B/Seen", 3), ("/a.B/Seen", 0), ("/a.B/Blind", 1)])) > 0)
        #expect(notes.all.withLock { $0.isEmpty })
    }

    @Test func `a frame that is cut short is not looked at, and ends the look`() throws {
        let two = try frames([("/a.B/Seen", 1), ("/a.B/Seen", 2)])
        let three = try frames([("/a.B/Seen", 1), ("/a.B/Seen", 2), ("/a.B/Seen", 3)])
        #expect(look(at: Array(three.dropLast())) == two.count)
        #expect(notes.all.withLock { $0.count } == 3)
        #expect(look(at: [0, 0, 0, 0, 1]) == 0)
        #expect(look(at: [0, 0]) == 0)
    }

    @Test func `no more calls are looked at than memory is kept for`() throws {
        let bytes = try frames(Array(repeating: ("/a.B/Seen", 1), count: 40))
        let end = look(at: bytes)
        #expect(notes.all.withLock { $0.count } == 16)
        #expect(look(at: bytes, from: end) > end)
        #expect(notes.all.withLock { $0.count } == 32)
    }

    @Test func `each call that was looked at is handed out once, where its frame begins`() throws {
        let calls: [(String, UInt8)] = [("/a.B/Seen", 1), ("/a.B/C", 2), ("/a.B/Blind", 3)]
        let bytes = try frames(calls)
        let starts = try (0..<3).map { try frames(Array(calls.prefix($0))).count }
            .map { $0 + FrameDecoder.prefixByteCount }
        let methods = methods()
        withExtendedLifetime(methods) {
            let lookahead = Lookahead()
            func look() {
                _ = lookahead.look(
                    at: bytes.span.bytes, from: 0, methods.hot,
                    InlineCall(arena: arena, ids: RequestIDs()))
            }
            look()
            #expect(lookahead.take(at: starts[1]) == nil)
            let first = lookahead.take(at: starts[0])
            #expect(first?.request.callID == 1)
            #expect(first?.method == 0)
            #expect(lookahead.take(at: starts[0]) == nil)
            // A method that nobody knows is left to whoever reads the frame.
            #expect(lookahead.take(at: starts[1]) == nil)
            #expect(lookahead.take(at: starts[2])?.request.callID == 3)
            look()
            lookahead.forget()
            #expect(lookahead.take(at: starts[0]) == nil)
        }
    }

    @Test func `a server looks ahead only while a method says that it helps`() {
        #expect(methods().hot.foresees)
        #expect(!methods(isUseful: false).hot.foresees)
        #expect(!ServedMethods(MethodTable()).hot.foresees)
    }
}
