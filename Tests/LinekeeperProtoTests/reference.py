"""Python's protobuf as the reference that the Swift conversion is compared with.

  reference.py make PROTOSET SEED COUNT     random messages of every type, to stdout
  reference.py worst PROTOSET SIZE          messages of SIZE bytes that take most memory, to stdout
  reference.py compare PROTOSET FILE FILE   do both files hold equal messages?
  reference.py json PROTOSET SEED COUNT     random messages, each followed by its JSON
  reference.py compare-json PROTOSET FILE FILE
                                            does the second file hold the JSON of each message of
                                            the first, and the message of each JSON?

A file is a sequence of records: the type's name, then the bytes, each after a four-byte length.
"""

import json
import random
import struct
import sys

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
from google.protobuf.descriptor import FieldDescriptor as F

INTEGERS = {
    F.TYPE_INT32: (-2**31, 2**31 - 1), F.TYPE_SINT32: (-2**31, 2**31 - 1),
    F.TYPE_SFIXED32: (-2**31, 2**31 - 1), F.TYPE_UINT32: (0, 2**32 - 1),
    F.TYPE_FIXED32: (0, 2**32 - 1), F.TYPE_INT64: (-2**63, 2**63 - 1),
    F.TYPE_SINT64: (-2**63, 2**63 - 1), F.TYPE_SFIXED64: (-2**63, 2**63 - 1),
    F.TYPE_UINT64: (0, 2**64 - 1), F.TYPE_FIXED64: (0, 2**64 - 1),
}
TEXTS = ["", "a", "+14155550123", "x" * 15, "y" * 16, "é", "e\u0301", "日本語", "😀", "\u0001\t\r\n",
         "\u007f\u0080\u07ff\u0800\uffff\U00010000\U0010ffff", "\ufeff", "z" * 300]
KEYS = ["", "a", "B", "key", "日本", "😀", "k" * 40]  # none is another spelling of another


def load(path):
    files = descriptor_pb2.FileDescriptorSet()
    with open(path, "rb") as f:
        files.ParseFromString(f.read())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)

    def nested(descriptor):
        if descriptor.GetOptions().map_entry:
            return
        yield descriptor
        for inner in descriptor.nested_types:
            yield from nested(inner)

    types = {}
    for file in files.file:
        for message in pool.FindFileByName(file.name).message_types_by_name.values():
            for descriptor in nested(message):
                types[descriptor.full_name] = message_factory.GetMessageClass(descriptor)
    return types


def write(name, data):
    for part in (name.encode(), data):
        sys.stdout.buffer.write(struct.pack(">I", len(part)) + part)


def read(path):
    with open(path, "rb") as f:
        data = f.read()
    at, parts = 0, []
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        parts.append(data[at + 4:at + 4 + length])
        at += 4 + length
    return list(zip(parts[::2], parts[1::2]))


def varint(value):
    out = b""
    while value >= 0x80:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def text(rng):
    if rng.random() < 0.5:
        return rng.choice(TEXTS)
    return "".join(chr(rng.choice([rng.randrange(1, 128), rng.randrange(0xA0, 0xD800),
                                   rng.randrange(0x10000, 0x110000)]))
                   for _ in range(rng.randrange(20)))


def value(rng, field):
    if field.type in INTEGERS:
        low, high = INTEGERS[field.type]
        return rng.choice([low, high, 0, 1, min(high, 2**31), rng.randint(low, high),
                           rng.randrange(300)])
    if field.type == F.TYPE_BOOL:
        return rng.random() < 0.5
    if field.type == F.TYPE_STRING:
        return text(rng)
    if field.type == F.TYPE_BYTES:
        return rng.choice([b"", b"\0", bytes(range(256)), rng.randbytes(rng.randrange(40))])
    if field.type == F.TYPE_DOUBLE:
        return rng.choice([0.0, -0.0, 1.5, -1e300, 5e-324, float("inf"), rng.random()])
    if field.type == F.TYPE_FLOAT:
        return struct.unpack("f", struct.pack("f", rng.choice([0, -0.0, 1.5, 3e38, rng.random()])))[0]
    if field.type == F.TYPE_ENUM:
        known = [v.number for v in field.enum_type.values]
        return rng.choice(known * 3 + [99, 2**31 - 1, -1, -2**31])
    raise SystemExit(f"{field.full_name}: no values for this type")


def is_repeated(field):
    # Each version of Python's protobuf has only one of the two.
    return field.is_repeated if hasattr(field, "is_repeated") else field.label == F.LABEL_REPEATED


def is_map(field):
    return field.message_type is not None and field.message_type.GetOptions().map_entry


def fill(rng, message, density, submessages=True, depth=0):
    if message.DESCRIPTOR.full_name == "google.protobuf.Timestamp" and submessages == "valid times":
        message.seconds = rng.choice([0, -1, -62135596800, 253402300799,
                                      rng.randint(-62135596800, 253402300799)])
        message.nanos = rng.choice([0, 1, 999999999, 500000000, 120000, rng.randrange(10**9)])
        return
    for field in message.DESCRIPTOR.fields:
        if rng.random() > density:
            continue
        target = getattr(message, field.name)
        if is_map(field):
            fill_map(rng, target, field, submessages, depth)
        elif field.type == F.TYPE_MESSAGE:
            if not submessages or depth > 2:
                continue
            if is_repeated(field):
                for _ in range(rng.randrange(3)):
                    fill(rng, target.add(), density / 2, submessages, depth + 1)
            else:
                target.SetInParent()
                fill(rng, target, density, submessages, depth + 1)
        elif is_repeated(field):
            target.extend(value(rng, field) for _ in range(rng.randrange(5)))
        else:
            setattr(message, field.name, value(rng, field))
    if rng.random() < 0.2:
        message.MergeFromString(unknown(rng))


def fill_map(rng, target, field, submessages, depth):
    key_field, value_field = (field.message_type.fields_by_name[n] for n in ("key", "value"))
    for _ in range(rng.randrange(4)):
        key = rng.choice(KEYS) if key_field.type == F.TYPE_STRING else value(rng, key_field)
        if value_field.type == F.TYPE_MESSAGE:
            fill(rng, target[key], 0.2, submessages, depth + 1)
        else:
            target[key] = value(rng, value_field)


def unknown(rng):
    out = b""
    for _ in range(rng.randrange(1, 4)):
        number, kind = rng.choice([1001, 5000, 2**20, 2**29 - 1]), rng.choice([0, 1, 2, 5])
        content = {0: varint(rng.choice([0, 1, 2**64 - 1])), 1: rng.randbytes(8),
                   2: varint(200) + rng.randbytes(200), 5: rng.randbytes(4)}[kind]
        out += varint(number << 3 | kind) + content
    return out


def make(types, seed, count):
    rng = random.Random(seed)
    for name, cls in types.items():
        write(name, b"")
        for _ in range(count):
            message = cls()
            fill(rng, message, rng.choice([0.1, 0.5, 1.0]))
            data = message.SerializeToString()
            if rng.random() < 0.2:  # fields come again: the last one counts, lists grow
                again = cls()
                fill(rng, again, 0.5, submessages=False)
                data += again.SerializeToString()
            write(name, data)


def make_json(types, seed, count):
    rng = random.Random(seed)
    for name, cls in types.items():
        for _ in range(count):
            message = cls()
            fill(rng, message, rng.choice([0.1, 0.5, 1.0]), "valid times")
            write(name, message.SerializeToString())
            write(name, json_format.MessageToJson(message, indent=None).encode())


def compare_json(types, first, second):
    given, made = read(first), read(second)
    if len(given) != len(made):
        raise SystemExit(f"{len(given)} records against {len(made)}")
    for index in range(0, len(given), 2):
        name, (data, text) = given[index][0].decode(), (given[index][1], given[index + 1][1])
        message = types[name].FromString(data)
        message.DiscardUnknownFields()
        from_text = types[name].FromString(made[index + 1][1])
        if json.loads(made[index][1]) != json.loads(text) or from_text != message:
            raise SystemExit(f"record {index}, {name}, differs.\nwas:\n{message}\n{text.decode()}\n"
                             f"is:\n{from_text}\n{made[index][1].decode()}")
    print(len(given))


def elements(field):
    """Single occurrences of a field that cost most for their size."""
    tag = varint(field.number << 3 | 2)
    if field.type in (F.TYPE_STRING, F.TYPE_BYTES):
        return [tag + b"\0", tag + b"\x10" + b"x" * 16]
    if field.type == F.TYPE_MESSAGE:
        out = [tag + b"\0"]
        for inner in field.message_type.fields:
            for element in elements(inner):
                out.append(tag + varint(len(element)) + element)
                many = element * 40
                out.append(tag + varint(len(many)) + many)
        return out
    if is_repeated(field):
        return [tag + b"\x7f" + b"\0" * 127, varint(field.number << 3) + b"\0"]
    return []


def worst(types, size):
    for name, cls in types.items():
        write(name, b"\xca\x3e\x00" * (size // 3))  # an unknown field, 1001, empty
        for field in cls.DESCRIPTOR.fields:
            found = elements(field)
            if field.type == F.TYPE_MESSAGE and not is_repeated(field):
                found = []
                for inner in field.message_type.fields:
                    for element in elements(inner):
                        content = element * ((size - 8) // len(element))
                        found.append(varint(field.number << 3 | 2) + varint(len(content)) + content)
            for element in found:
                write(name, element * max(1, size // len(element)))


def compare(types, first, second):
    pairs = list(zip(read(first), read(second), strict=True))
    for index, ((name, one), (other_name, other)) in enumerate(pairs):
        if name != other_name:
            raise SystemExit(f"record {index}: {name} against {other_name}")
        a, b = (types[name.decode()].FromString(data) for data in (one, other))
        if a != b or a.SerializeToString(deterministic=True) != b.SerializeToString(deterministic=True):
            raise SystemExit(f"record {index}, {name.decode()}, differs.\nwas:\n{a}\n{one.hex()}\n"
                             f"is:\n{b}\n{other.hex()}")
    print(len(pairs))


if __name__ == "__main__":
    command, protoset, *rest = sys.argv[1:]
    if command == "make":
        make(load(protoset), int(rest[0]), int(rest[1]))
    elif command == "worst":
        worst(load(protoset), int(rest[0]))
    elif command == "json":
        make_json(load(protoset), int(rest[0]), int(rest[1]))
    elif command == "compare":
        compare(load(protoset), *rest)
    else:
        compare_json(load(protoset), *rest)
