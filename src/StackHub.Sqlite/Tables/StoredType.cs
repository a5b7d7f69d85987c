namespace StackHub.Sqlite.Tables;

/// <summary>The byte before each stored value; part of the file format, so numbers never change.</summary>
internal enum StoredType : byte
{
    Text = 1,
    False = 2,
    True = 3,
    Int = 4,
    Long = 5,
    Double = 6,
    Time = 7,
    Guid = 8,
    Bytes = 9,
}
