"""What goes wrong in the demonstration, so that its pages show something to be mended."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app
from pydantic import SecretStr

from praho.catalogue.services import groups, selling
from praho.core.db.scope import entered
from praho.core.db.uow import unit_of_work
from praho.models.catalogue import BillingCycle
from praho.notifications.events import DELIVER
from praho.operations.services.demo import acting, plans, providers, steps, work
from praho.operations.services.demo.acting import Stage

# Nothing listens on the first port of this machine.
_NOWHERE = "smtp://127.0.0.1:1"


def mail_outage(stage: Stage, key: str, action: steps.MailOutage) -> None:
    """Take an order while the mail server is away: its first mail is given up, the others wait for a better hour."""
    with entered(work.SCOPE):
        acting.buy(stage, key, action.order)
    with _no_mail_server():
        work.do_all()
        work.give_up_on(DELIVER)


def lost_answer(stage: Stage, key: str, action: steps.LostAnswer) -> None:
    """Lose the answer of an old panel that was asked for an account, and then the panel itself.

    Whether the account exists stays unknown until somebody corrects the panel's address, or decides.
    """
    with entered(work.SCOPE):
        panel = stage.once(f"{key}-panel", lambda: providers.open_old_panel(stage.world.address))
        plan_id = stage.once(f"{key}-plan", lambda: plans.sell_reseller(groups.listed()[0][0].public_id, panel))
        wish = steps.Wish(action.domain, None, steps.Plan(plans.RESELLER, BillingCycle.ANNUAL))
        acting.buy(stage, key, steps.Buy(action.buyer, (wish,)))
        acting.transfer(stage, f"{key}-paid", steps.Transfer(key, "OP 2207"))
        stage.once(f"{key}-fault", lambda: _cut(stage))
    work.do_all()
    with entered(work.SCOPE), unit_of_work():
        providers.lose(panel)
        stage.once(f"{key}-retired", lambda: _retire(plan_id))


def _cut(stage: Stage) -> str:
    stage.world.arm("accounts.create", "after_apply")
    return "armed"


def _retire(plan_id: str) -> str:
    selling.retire_plan(plan_id)
    return plan_id


@contextmanager
def _no_mail_server() -> Iterator[None]:
    config = current_app.config["PRAHO"]
    current_app.config["PRAHO"] = config.model_copy(update={"smtp_url": SecretStr(_NOWHERE)})
    try:
        yield
    finally:
        current_app.config["PRAHO"] = config
