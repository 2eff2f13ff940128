/// Bytes that are not the message they were sent as.
public struct MalformedMessage: Error, Hashable, Sendable {
    /// What is wrong with the bytes.
    public enum Fault: Hashable, Sendable {
        /// They end early, carry a field in the wrong form, or are no protobuf at all.
        case truncatedOrGarbage
        /// A `string` is not UTF-8.
        case invalidUTF8
        /// A `string` holds U+0000, which C would take for its end.
        case embeddedNUL
        /// A field that holds one submessage comes twice. Protobuf would merge the two; protobuf-c
        /// loses numbers and flags of the first, so neither is taken.
        case repeatedSubmessage
        /// Decoding would take more memory than the caller allows.
        case overBudget
    }

    /// The field's path in the proto's names (`page.page_token`); empty when the fault lies in no
    /// one field.
    public var field: String

    /// What is wrong.
    public var fault: Fault

    /// Makes an error that blames one field, or none when `field` is empty.
    public init(field: String = "", fault: Fault) {
        self.field = field
        self.fault = fault
    }

    /// The same fault as seen from the message that holds the broken one in its field `name`.
    func inside(_ name: String) -> MalformedMessage {
        // The budget is the whole message's: the field where it ran out is not to blame.
        if fault == .overBudget { return self }
        return MalformedMessage(field: field.isEmpty ? name : "\(name).\(field)", fault: fault)
    }
}

extension MalformedMessage: CustomStringConvertible {
    /// One sentence for a person; never holds what the field held.
    public var description: String {
        let subject = field.isEmpty ? "the message" : "field \(field)"
        return switch fault {
        case .truncatedOrGarbage: "\(subject) cannot be read: the bytes are cut off or garbled"
        case .invalidUTF8: "\(subject) is not UTF-8 text"
        case .embeddedNUL: "\(subject) contains the character U+0000"
        case .repeatedSubmessage: "\(subject) occurs more than once"
        case .overBudget: "the message would take too much memory to decode: send less at a time"
        }
    }
}
