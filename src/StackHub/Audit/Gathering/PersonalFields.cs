using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Audit.Gathering;

/// <summary>Which fields can name or reach a person: addresses and numbers anywhere, and whatever is written freely about a person.</summary>
public static class PersonalFields
{
    public static bool IsPersonal(RecordKind kind, FieldType type) =>
        type is FieldType.Email or FieldType.Phone || (kind == RecordKind.Person && type is (FieldType.Text or FieldType.Date or FieldType.Instant));
}
