import CMalloc
import Foundation
import LinekeeperProto
import Testing

@Suite struct BudgetTests {
    /// Bytes that malloc has handed out, in this process.
    private static var allocated: Int {
        let info = mallinfo2()
        return Int(info.uordblks) + Int(info.hblkhd)
    }

    /// Decodes and returns how much memory that took while the value lived; `nil` if refused.
    private static func memory<M: ProtoMessage>(
        _ type: M.Type, _ bytes: [UInt8], budget: Int
    ) -> Int? {
        let before = allocated
        let arena = Arena(budget: budget)
        guard case .success(let value) = decode(type, bytes, arena) else { return nil }
        return withExtendedLifetime((value, arena)) { allocated - before }
    }

    private static func say(_ line: String) { FileHandle.standardError.write(Data(line.utf8)) }

    private static func decode<M: ProtoMessage>(
        _ type: M.Type, _ bytes: [UInt8], _ arena: Arena
    ) -> Result<M, MalformedMessage> {
        bytes.withUnsafeBytes { bytes in
            Result { () throws(MalformedMessage) in try M(decoding: bytes, arena: arena) }
        }
    }

    /// The worst inputs that a type's fields allow: thousands of tiny strings, submessages, map
    /// entries, unknown fields. Runs in a process of its own, where nothing else allocates.
    @Test func `NET-04 no input takes more memory than its budget`() async {
        await #expect(processExitsWith: .success) {
            let size = 8 << 10
            let budget = 512 << 10
            let records = try Reference.records(
                try await Reference.ask("worst", [String(size)]))
            var refused = 0
            var most = 0
            for record in records {
                guard let type = Proto.allMessages[record.type] else { exit(2) }
                // The first decoding of a type also makes its codec.
                _ = try? type.init(decoding: [])
                guard let taken = Self.memory(type, record.bytes, budget: budget) else {
                    refused += 1
                    continue
                }
                most = max(most, taken)
                if taken > budget {
                    Self.say("\(record.type) took \(taken): \(record.bytes.prefix(40))\n")
                    exit(1)
                }
            }
            Self.say("\(records.count) inputs, \(refused) refused, most memory \(most)\n")
            exit(refused > 100 && most > budget / 4 ? 0 : 3)
        }
    }

    @Test func `a message of ordinary fields fits its budget many times over`() throws {
        let message = Proto.MessageRecord.with {
            $0.messageID = "msg_01HV2E7Z8Y9X0W1V2T3S4R5Q6P"
            $0.from = "+14155550123"
            $0.to = "+14155550124"
            $0.body = String(repeating: "A text of ordinary length. ", count: 5)
            $0.at = .with { $0.seconds = 1_700_000_000 }
        }
        let bytes = Proto.RecordMessagesRequest.with {
            $0.messages = Array(repeating: message, count: 1000)
        }.encoded()
        #expect(bytes.count > 200_000)
        #expect(try Proto.RecordMessagesRequest(decoding: bytes).messages.count == 1000)
    }

    @Test func `a larger budget takes what the default refuses`() throws {
        let bytes = (0..<60_000).flatMap { _ in [0x0A, 0] as [UInt8] }
        #expect(throws: MalformedMessage(fault: .overBudget)) {
            try Proto.ListNumbersResponse(decoding: bytes)
        }
        let decoded = try Proto.ListNumbersResponse(decoding: bytes, budget: 256 << 20)
        #expect(decoded.numbers.count == 60_000)
    }

    @Test func `an arena is as good as new after a reset`() throws {
        let arena = Arena(budget: 64 << 10)
        let name = String(repeating: "n", count: 9_000)
        let bytes = Proto.AgentRef.with { $0.agentName = name }.encoded()
        for _ in 0..<100 {
            let value = try Self.decode(Proto.AgentRef.self, bytes, arena).get()
            #expect(value.agentName == name)
            arena.reset()
        }
        #expect(arena.allocate(65 << 10) == nil)
        #expect(arena.isExhausted)
        #expect(arena.allocate(-1) == nil)
        arena.reset()
        #expect(!arena.isExhausted)
        #expect(arena.allocate(.max) == nil)
        #expect(arena.allocate(64 << 10) != nil)
    }
}
