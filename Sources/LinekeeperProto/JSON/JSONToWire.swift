/// Writes JSON values as encoded messages.
struct JSONToWire {
    let pool: SchemaPool

    func message(
        _ type: String, _ value: JSONValue, depth: Int
    ) throws(TranscodingError) -> [UInt8] {
        guard depth <= JSONTranscoder.depthMax else {
            throw TranscodingError("messages are nested more than \(JSONTranscoder.depthMax) deep")
        }
        guard let schema = pool.message(type) else {
            throw TranscodingError("the descriptors have no message \(type)")
        }
        if type == JSONTranscoder.timestamp { return try timestamp(value) }
        guard case .object(let members) = value else {
            throw TranscodingError(
                "expected an object with the fields of \(type), not \(value.noun)")
        }
        let values = try valuesByPlace(schema, members)
        var bytes: [UInt8] = []
        for (field, given) in zip(schema.fields, values) {
            guard let given else { continue }
            do throws(TranscodingError) {
                bytes += try self.field(field, given.value, depth: depth)
            } catch {
                throw error.inside(given.name)
            }
        }
        return bytes
    }

    /// What is given for each field; a null is as good as nothing.
    private func valuesByPlace(
        _ schema: MessageSchema, _ members: [JSONValue.Member]
    ) throws(TranscodingError) -> [JSONValue.Member?] {
        var values: [JSONValue.Member?] = Array(repeating: nil, count: schema.fields.count)
        var memberOfOneof: [Int: String] = [:]
        for member in members {
            guard let place = schema.place(named: member.name) else {
                let names = schema.fields.map(\.jsonName).joined(separator: ", ")
                throw TranscodingError(
                    "\(schema.fullName) has no such field; it has \(names.isEmpty ? "none" : names)",
                    path: member.name)
            }
            if let other = values[place] {
                throw TranscodingError("the same field as \(other.name)", path: member.name)
            }
            if member.value == .null { continue }
            if let oneof = schema.fields[place].oneof {
                if let other = memberOfOneof[oneof] {
                    throw TranscodingError("excludes \(other): give one of them", path: member.name)
                }
                memberOfOneof[oneof] = member.name
            }
            values[place] = member
        }
        return values
    }

    /// The field with its tag, or with its tags if it is repeated.
    private func field(
        _ field: FieldSchema, _ value: JSONValue, depth: Int
    ) throws(TranscodingError) -> [UInt8] {
        guard field.isRepeated else {
            let content = try content(field, value, depth: depth)
            // Zero without presence is absent; of a delimited field that is its length, 0.
            if !field.hasPresence, content.allSatisfy({ $0 == 0 }) { return [] }
            return WireBytes.tag(field.number, field.kind.wireType) + content
        }
        if let entry = pool.message(field.typeName), entry.isMapEntry {
            return try map(field, entry, value, depth: depth)
        }
        guard case .array(let elements) = value else {
            throw TranscodingError("expected a list, not \(value.noun)")
        }
        let isPacked = field.kind.wireType != .delimited
        var bytes: [UInt8] = []
        for (index, element) in elements.enumerated() {
            do throws(TranscodingError) {
                if !isPacked { bytes += WireBytes.tag(field.number, .delimited) }
                bytes += try content(field, element, depth: depth)
            } catch {
                throw error.inside("[\(index)]")
            }
        }
        guard isPacked, !bytes.isEmpty else { return bytes }
        return WireBytes.tag(field.number, .delimited) + WireBytes.delimited(bytes)
    }

    /// Entries in the order of keys.
    private func map(
        _ field: FieldSchema, _ entry: MessageSchema, _ value: JSONValue, depth: Int
    ) throws(TranscodingError) -> [UInt8] {
        guard case .object(let members) = value else {
            throw TranscodingError("expected an object, not \(value.noun)")
        }
        guard let keyPlace = entry.place(ofNumber: 1), let valuePlace = entry.place(ofNumber: 2)
        else { throw TranscodingError("the descriptors' map entry lacks key or value") }
        let (keyField, valueField) = (entry.fields[keyPlace], entry.fields[valuePlace])
        var bytes: [UInt8] = []
        for member in members.sorted(by: { $0.name < $1.name }) {
            do throws(TranscodingError) {
                let key: JSONValue =
                    keyField.kind == .bool && ["true", "false"].contains(member.name)
                    ? .bool(member.name == "true") : .string(member.name)
                var content = WireBytes.tag(1, keyField.kind.wireType)
                content += try self.content(keyField, key, depth: depth)
                content += WireBytes.tag(2, valueField.kind.wireType)
                content += try self.content(valueField, member.value, depth: depth)
                bytes += WireBytes.tag(field.number, .delimited) + WireBytes.delimited(content)
            } catch {
                throw error.inside("[\"\(member.name)\"]")
            }
        }
        return bytes
    }

    /// One value as it follows its tag.
    private func content(
        _ field: FieldSchema, _ value: JSONValue, depth: Int
    ) throws(TranscodingError) -> [UInt8] {
        switch field.kind {
        case .message:
            return WireBytes.delimited(try message(field.typeName, value, depth: depth + 1))
        case .string:
            guard case .string(let text) = value else {
                throw TranscodingError("expected text in double quotes, not \(value.noun)")
            }
            return WireBytes.delimited(Array(text.utf8))
        case .bytes:
            guard case .string(let text) = value, let bytes = Base64.decode(text.utf8) else {
                throw TranscodingError("expected bytes as text in base 64, not \(value.noun)")
            }
            return WireBytes.delimited(bytes)
        case .bool:
            guard case .bool(let flag) = value else {
                throw TranscodingError("expected true or false, not \(value.noun)")
            }
            return [flag ? 1 : 0]
        case .enum: return try enumValue(field, value)
        case .double, .float: return try floatingPoint(field, value)
        default: return try JSONInteger.content(field.kind, value)
        }
    }

    private func enumValue(
        _ field: FieldSchema, _ value: JSONValue
    ) throws(TranscodingError) -> [UInt8] {
        let schema = pool.enumeration(field.typeName)
        let number: Int32? =
            switch value {
            case .number(let digits): JSONInteger.parse(digits, as: Int32.self)
            case .string(let name):
                schema?.number(of: name) ?? JSONInteger.parse(name, as: Int32.self)
            case .null, .bool, .array, .object: nil
            }
        guard let number else {
            let names = schema?.shortNames.joined(separator: ", ") ?? "a number"
            throw TranscodingError("expected one of \(names), not \(value.noun)")
        }
        return WireBytes.varint(UInt64(bitPattern: Int64(number)))
    }

    private func floatingPoint(
        _ field: FieldSchema, _ value: JSONValue
    ) throws(TranscodingError) -> [UInt8] {
        let number: Double? =
            switch value {
            case .number(let digits): Double(digits).flatMap { $0.isFinite ? $0 : nil }
            case .string("NaN"): .nan
            case .string("Infinity"): .infinity
            case .string("-Infinity"): -.infinity
            case .string(let digits): Double(digits).flatMap { $0.isFinite ? $0 : nil }
            case .null, .bool, .array, .object: nil
            }
        guard let number else { throw TranscodingError("expected a number, not \(value.noun)") }
        if field.kind == .double { return WireBytes.fixed(number.bitPattern) }
        guard !Float(number).isInfinite || number.isInfinite else {
            throw TranscodingError("expected a number that 32 bits hold, not \(value.noun)")
        }
        return WireBytes.fixed(Float(number).bitPattern)
    }

    private func timestamp(_ value: JSONValue) throws(TranscodingError) -> [UInt8] {
        guard case .string(let text) = value, let time = TimestampText.parse(text) else {
            throw TranscodingError(
                "expected a time as in \"2026-01-31T09:30:00Z\", not \(value.noun)")
        }
        var bytes: [UInt8] = []
        if time.seconds != 0 {
            bytes += WireBytes.tag(1, .varint)
            bytes += WireBytes.varint(UInt64(bitPattern: time.seconds))
        }
        if time.nanos != 0 {
            bytes += WireBytes.tag(2, .varint)
            bytes += WireBytes.varint(UInt64(bitPattern: Int64(time.nanos)))
        }
        return bytes
    }
}
