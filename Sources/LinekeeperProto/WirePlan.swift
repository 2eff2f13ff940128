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
        case message(WirePlan)
    }

    struct Field: Sendable {
        let name: String
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
    /// From a field's number to its place in `fields`; -1 where there is none.
    private let places: [Int16]

    /// Reads a descriptor and those it refers to.
    ///
    /// It ends because no message contains itself: `scripts/generate-proto` refuses such a schema.
    init(_ descriptor: UnsafePointer<ProtobufCMessageDescriptor>) {
        var fields: [Field] = []
        var inlineCost = 8  // unknownFields
        var places: [Int16] = []
        for index in 0..<Int(descriptor.pointee.n_fields) {
            let source = descriptor.pointee.fields[index]
            let isRepeated = source.label == PROTOBUF_C_LABEL_REPEATED
            let form = WirePlan.form(source)
            let slot = WirePlan.slotCost(form)
            inlineCost += isRepeated ? 8 : slot
            let number = Int(source.id)
            while places.count <= number { places.append(-1) }
            places[number] = Int16(index)
            fields.append(
                Field(
                    name: String(cString: source.name), form: form, isRepeated: isRepeated,
                    cost: isRepeated ? 24 + slot : 0))
        }
        self.fields = fields
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

    private static func form(_ field: ProtobufCFieldDescriptor) -> Form {
        switch field.type {
        case PROTOBUF_C_TYPE_STRING: .text
        case PROTOBUF_C_TYPE_BYTES: .bytes
        case PROTOBUF_C_TYPE_FIXED32, PROTOBUF_C_TYPE_SFIXED32, PROTOBUF_C_TYPE_FLOAT: .fixed32
        case PROTOBUF_C_TYPE_FIXED64, PROTOBUF_C_TYPE_SFIXED64, PROTOBUF_C_TYPE_DOUBLE: .fixed64
        case PROTOBUF_C_TYPE_MESSAGE:
            .message(
                WirePlan(
                    UnsafeRawPointer(field.descriptor).assumingMemoryBound(
                        to: ProtobufCMessageDescriptor.self)))
        default: .varint
        }
    }

    private static func slotCost(_ form: Form) -> Int {
        switch form {
        case .varint, .fixed32, .fixed64: 16
        case .text, .bytes: 24
        case .message(let plan): plan.inlineCost + 8
        }
    }
}
