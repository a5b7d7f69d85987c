using StackHub.Privacy;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Verification;

namespace StackHub.Tests.Privacy.Verification;

public sealed class VerificationQuestionsTests
{
    [Theory]
    [InlineData("postal_address")]
    [InlineData("Postal_Address")]
    public void S17_a_correction_is_not_verified_by_what_it_corrects(string asked)
    {
        var problem = Assert.Single(VerificationQuestions.Problems(PrivacyRequestKind.Rectification, ["postal_address"], ["email", asked]));

        Assert.Contains($"'{asked}'", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void S17_other_fields_may_be_asked() =>
        Assert.Empty(VerificationQuestions.Problems(PrivacyRequestKind.Rectification, ["postal_address"], ["email", "last_invoice"]));

    [Theory]
    [InlineData(PrivacyRequestKind.OptOutOfSale)]
    [InlineData(PrivacyRequestKind.LimitSensitiveData)]
    public void Nothing_is_asked_for_an_opt_out(PrivacyRequestKind kind)
    {
        Assert.NotEmpty(VerificationQuestions.Problems(kind, [], ["email"]));
        Assert.Equal(0, VerificationQuestions.PointsNeeded(LawBook.Default["us-ca-ccpa"], kind));
    }

    [Fact]
    public void The_data_itself_needs_three_points_in_california_and_a_deletion_two()
    {
        Assert.Equal(3, VerificationQuestions.PointsNeeded(LawBook.Default["us-ca-ccpa"], PrivacyRequestKind.Access));
        Assert.Equal(2, VerificationQuestions.PointsNeeded(LawBook.Default["us-ca-ccpa"], PrivacyRequestKind.Erasure));
    }
}
