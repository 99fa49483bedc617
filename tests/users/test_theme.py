"""The switch of light and dark: what a signed-in person chooses goes along to other browsers."""

from praho.core.db.scope import SystemScope, entered, session
from praho.models.users import Theme, User
from tests.factories import users


def test_the_switch_keeps_the_theme_with_the_account(app, visitor):
    ana = users.make_user(email="ana@client.example")
    visitor.sign_in(ana)
    assert visitor.post("/account/theme", {"theme": "dark"}, follow=False).status == 204
    assert 'data-theme="praho-dark"' in visitor.get("/account/profile").body
    with entered(SystemScope("test")):
        assert session().get_one(User, ana.id).theme is Theme.DARK
    assert visitor.post("/account/theme", {"theme": "pink"}).status == 422


def test_a_visitor_keeps_no_theme_on_our_side(visitor):
    answer = visitor.post("/account/theme", {"theme": "dark"})
    assert answer.path == "/account/sign-in"
