internal import CProtobufC

/// What ``WireCheck`` must know of one message type, read once from protobuf-c's descriptor.
///
/// Costs are upper bounds, in bytes, of what decoding takes: protobuf-c's structures together with
/// the Swift value that is copied from them.
final class WirePlan: Sendable {
    /// The form a field has on the wire.
    enum Form: Sendable {
        case varint
        case fixed32
        case fixed64
        case text
        case bytes
        case message
    }

    /// Free of references, so that looking at a field counts none.
    struct Field: Sendable {
        let form: Form
        let isRepeated: Bool
        /// What one occurrence or, in a packed field, one element costs besides its content.
        let cost: Int
    }

    /// What protobuf-c takes for an empty message of this type.
    let structureCost: Int

    /// What the Swift value takes where it lies: in an array's slot or in its parent.
    let inlineCost: Int

    private let fields: [Field]
    private let names: [String]
    /// The plans of message fields; `nil` for the others.
    private let messages: [WirePlan?]
    /// From a field's number to its place in `fields`; -1 where there is none.
    private let places: [Int16]

    /// Reads a descriptor and those it refers to.
    ///
    /// It ends because no message contains itself: `scripts/generate-proto` refuses such a schema.
    init(_ descriptor: UnsafePointer<ProtobufCMessageDescriptor>) {
        var fields: [Field] = []
        var names: [String] = []
        var messages: [WirePlan?] = []
        var inlineCost = 8  // unknownFields
        var places: [Int16] = []
        for index in 0..<Int(descriptor.pointee.n_fields) {
            let source = descriptor.pointee.fields[index]
            let isRepeated = source.label == PROTOBUF_C_LABEL_REPEATED
            let form = WirePlan.form(source.type)
            let message = form == .message ? WirePlan(WirePlan.descriptor(source)) : nil
            let slot = WirePlan.slotCost(form, message)
            inlineCost += isRepeated ? 8 : slot
            let number = Int(source.id)
            while places.count <= number { places.append(-1) }
            places[number] = Int16(index)
            fields.append(
                Field(form: form, isRepeated: isRepeated, cost: isRepeated ? 24 + slot : 0))
            names.append(String(cString: source.name))
            messages.append(message)
        }
        self.fields = fields
        self.names = names
        self.messages = messages
        self.places = places
        self.inlineCost = inlineCost
        structureCost = descriptor.pointee.sizeof_message + 16
    }

    /// A field's place among the fields of its message, in the order of numbers.
    func place(ofNumber number: UInt64) -> Int? {
        guard number < UInt64(places.count) else { return nil }
        let place = Int(places[Int(number)])
        return place < 0 ? nil : place
    }

    /// The field at a place that ``place(ofNumber:)`` gave.
    func field(at place: Int) -> Field { fields[place] }

    /// The field's name in the proto.
    func name(at place: Int) -> String { names[place] }

    /// The plan of a message field.
    func message(at place: Int) -> WirePlan? { messages[place] }

    private static func form(_ type: ProtobufCType) -> Form {
        switch type {
        case PROTOBUF_C_TYPE_STRING: .text
        case PROTOBUF_C_TYPE_BYTES: .bytes
        case PROTOBUF_C_TYPE_FIXED32, PROTOBUF_C_TYPE_SFIXED32, PROTOBUF_C_TYPE_FLOAT: .fixed32
        case PROTOBUF_C_TYPE_FIXED64, PROTOBUF_C_TYPE_SFIXED64, PROTOBUF_C_TYPE_DOUBLE: .fixed64
        case PROTOBUF_C_TYPE_MESSAGE: .message
        default: .varint
        }
    }

    /// C has this as an untyped pointer, because enumerations use it too.
    private static func descriptor(
        _ field: ProtobufCFieldDescriptor
    ) -> UnsafePointer<ProtobufCMessageDescriptor> {
        UnsafeRawPointer(field.descriptor)
            .assumingMemoryBound(to: ProtobufCMessageDescriptor.self)
    }

    private static func slotCost(_ form: Form, _ message: WirePlan?) -> Int {
        switch form {
        case .varint, .fixed32, .fixed64: 16
        case .text, .bytes: 24
        case .message: (message?.inlineCost ?? 0) + 8
        }
    }
}
