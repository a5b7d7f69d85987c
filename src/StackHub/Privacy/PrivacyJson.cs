using System.Text.Json;
using System.Text.Json.Serialization;
using StackHub.Privacy.Holds;
using StackHub.Privacy.Tasks;
using StackHub.Suppression;

namespace StackHub.Privacy;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(KeptRequest))]
[JsonSerializable(typeof(PersonalPart))]
[JsonSerializable(typeof(PrivacyTask))]
[JsonSerializable(typeof(RequestGate))]
[JsonSerializable(typeof(LegalHold))]
[JsonSerializable(typeof(PrivacyMessage))]
[JsonSerializable(typeof(OfficerAlert))]
[JsonSerializable(typeof(DroppedWrite))]
internal sealed partial class PrivacyJson : JsonSerializerContext;
