/// An agent as a number's entry holds it: copied there, so that one look-up answers a call.
///
/// Whoever changes an agent rewrites the entries of its numbers in the same commit. All of it is one
/// piece of memory that the agent's numbers share: a number's entry stays small, and an answer waits
/// for memory once.
// The memory is filled in `init` and only read from then on: sharing it is safe.
@safe public struct AgentBinding: @unchecked Sendable {
    private struct Head: Equatable {
        let key: AgentKey
        let status: AgentStatus
        let outboundConfigured: Bool?
        let smsEnabled: Bool?
        let idLength: UInt8
        let textCount: Int
    }

    /// The head, and the text: the id and the name, each with a NUL behind it.
    private let memory: ManagedBuffer<Head, UInt8>

    /// A binding to an agent as it is now. The name holds no NUL.
    public init(_ agent: AgentFacts) {
        let id = agent.id.text.utf8
        let name = agent.name.utf8
        let head = Head(
            key: agent.key, status: agent.status, outboundConfigured: agent.outboundConfigured,
            smsEnabled: agent.smsEnabled, idLength: UInt8(truncatingIfNeeded: id.count),
            textCount: id.count + name.count + 2)
        memory = ManagedBuffer<Head, UInt8>.create(minimumCapacity: head.textCount) { _ in
            head
        }
        unsafe memory.withUnsafeMutablePointerToElements { start in
            // The capacity was asked for in the line above, and is this long.
            let text = unsafe UnsafeMutableBufferPointer(start: start, count: head.textCount)
            let nameStart = unsafe text.initialize(fromContentsOf: id) + 1
            unsafe text.initializeElement(at: nameStart - 1, to: 0)
            let nameEnd = unsafe text[nameStart...].initialize(fromContentsOf: name)
            unsafe text.initializeElement(at: nameEnd, to: 0)
        }
    }

    public var key: AgentKey { memory.header.key }
    public var status: AgentStatus { memory.header.status }
    /// `nil`: the agent builder has not said.
    public var outboundConfigured: Bool? { memory.header.outboundConfigured }
    /// `nil`: the agent builder has not said.
    public var smsEnabled: Bool? { memory.header.smsEnabled }

    /// The agent's id, copied out.
    public var idText: String {
        unsafe withText { id, _ in unsafe String(decoding: id, as: UTF8.self) }
    }
    /// The agent's name, copied out.
    public var name: String {
        unsafe withText { _, name in unsafe String(decoding: name, as: UTF8.self) }
    }

    /// Where all of it lies; for having it fetched.
    var address: UnsafeRawPointer {
        unsafe UnsafeRawPointer(Unmanaged.passUnretained(memory).toOpaque())
    }

    /// Lends the bytes of the id, 1 to 64, and those of the name; a NUL stands behind each.
    @unsafe public func withText<Value>(
        _ body: (_ id: UnsafeRawBufferPointer, _ name: UnsafeRawBufferPointer) -> Value
    ) -> Value {
        unsafe memory.withUnsafeMutablePointers { head, start in
            let idCount = Int(unsafe head.pointee.idLength)
            let nameCount = unsafe head.pointee.textCount - idCount - 2
            return unsafe body(
                UnsafeRawBufferPointer(start: start, count: idCount),
                UnsafeRawBufferPointer(start: start + idCount + 1, count: nameCount))
        }
    }
}

extension AgentBinding: Hashable {
    public static func == (left: AgentBinding, right: AgentBinding) -> Bool {
        guard left.memory !== right.memory else { return true }
        return left.memory.header == right.memory.header && left.idText == right.idText
            && left.name == right.name
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
