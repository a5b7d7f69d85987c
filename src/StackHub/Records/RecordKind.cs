namespace StackHub.Records;

/// <summary>What a record is. A lead and a contact are both a <see cref="Person"/>: which of the two it is in a system is part of its link there.</summary>
public enum RecordKind
{
    Account = 0,
    Person = 1,
    Opportunity = 2,
}
