"""Accounts of others, roles and the audit."""

from __future__ import annotations

import psycopg
import pytest

from skyaccord.errors import ConfigurationError, StoreError
from skyaccord.node.people.administration import (
    Unchanged,
    add_person,
    change_person,
    end_sessions_of,
    give_certificate,
    reset_person,
)
from skyaccord.node.people.audit import LOCAL, Actor, Deed, first_broken, read_audit, write_down
from skyaccord.node.people.person import Person, all_people
from skyaccord.node.people.roles import MAY, Act, Role, may
from skyaccord.node.people.vault import Vault
from skyaccord.node.store.dialect import Kind
from skyaccord.node.store.store import Store
from tests.node.people.cast import NOW_S, invite, make_staff, person

ACTOR = Actor("root", LOCAL, NOW_S)

# What the documents say, written down once more.
EVERYONE = {Act.OWN_ACCOUNT, Act.READ_NODE}
ON_THE_LINE = {Act.SEND_MESSAGE, Act.ACKNOWLEDGE, Act.CHECK_LINE, Act.MINUTE_CALL, Act.HAND_OVER}


def test_every_role_has_its_acts() -> None:
    assert set(MAY) == set(Role)
    for act in Act:
        assert any(may(role, act) for role in Role), act


def test_who_keeps_the_machine_does_not_speak_for_the_party() -> None:
    assert not MAY[Role.ADMINISTRATOR] & (ON_THE_LINE | {Act.READ_HOTLINE, Act.TABLE_POSITION, Act.READ_TALKS})


def test_nobody_but_the_administrator_gives_out_accounts_or_pins_peers() -> None:
    for role in set(Role) - {Role.ADMINISTRATOR}:
        assert not MAY[role] & {Act.CHANGE_PEOPLE, Act.CHANGE_PEERS}


def test_an_observer_changes_nothing() -> None:
    assert MAY[Role.OBSERVER] == EVERYONE | {Act.READ_HOTLINE, Act.READ_TALKS}


def test_a_supervisor_may_all_that_a_duty_officer_may() -> None:
    assert MAY[Role.DUTY_OFFICER] < MAY[Role.SUPERVISOR]
    assert MAY[Role.DUTY_OFFICER] == EVERYONE | ON_THE_LINE | {Act.READ_HOTLINE}


def test_a_name_is_given_once(store: Store) -> None:
    staff = make_staff(store)
    invite(staff, "north_desk")
    assert add_person(staff, ACTOR, "north_desk", "another", Role.OBSERVER) is Unchanged.TAKEN
    assert person(staff, "north_desk").role is Role.DUTY_OFFICER


def test_nobody_is_changed_who_is_not_there(store: Store) -> None:
    staff = make_staff(store)
    outcomes = {
        change_person(staff, ACTOR, "nobody", "x", None, None),
        end_sessions_of(staff, ACTOR, "nobody"),
        give_certificate(staff, ACTOR, "nobody", "ab"),
        reset_person(staff, ACTOR, "nobody"),
    }
    assert outcomes == {Unchanged.UNKNOWN}
    assert read_audit(store) == []


@pytest.mark.parametrize(("role", "is_active"), [(Role.OBSERVER, None), (None, False), (Role.ADMINISTRATOR, False)])
def test_the_last_administrator_stays(store: Store, role: Role | None, is_active: bool | None) -> None:
    staff = make_staff(store)
    invite(staff, "root", Role.ADMINISTRATOR)
    invite(staff, "north_desk")
    assert change_person(staff, ACTOR, "root", None, role, is_active) is Unchanged.LAST_ADMINISTRATOR
    invite(staff, "other", Role.ADMINISTRATOR)
    assert isinstance(change_person(staff, ACTOR, "root", None, role, is_active), Person)


def test_people_are_listed_by_name_and_show_nothing_secret(store: Store) -> None:
    staff = make_staff(store)
    for name in ("south_desk", "north_desk"):
        invite(staff, name)
    assert [each.name for each in all_people(store)] == ["north_desk", "south_desk"]
    assert "scrypt" not in repr(all_people(store))


def test_what_was_done_is_written_down_with_who_when_and_where(store: Store) -> None:
    staff = make_staff(store)
    add_person(staff, Actor("root", "192.0.2.1", NOW_S), "north_desk", "north", Role.OBSERVER)
    (entry,) = read_audit(store)
    assert (entry.id, entry.who, entry.deed, entry.address) == (1, "root", "person.added", "192.0.2.1")
    assert (entry.at, entry.subject) == ("2026-12-01T00:00:00.000Z", "north_desk as observer")


def test_the_audit_is_read_in_pages(store: Store) -> None:
    for k in range(1, 8):
        write_down(store, ACTOR, Deed.REFUSED, str(k))
    assert [each.id for each in read_audit(store, None, 3)] == [7, 6, 5]
    assert [each.id for each in read_audit(store, 5, 3)] == [4, 3, 2]
    assert first_broken(store) is None


@pytest.mark.parametrize("sql", ["UPDATE audit SET who = 'other'", "DELETE FROM audit"])
def test_the_audit_can_only_be_added_to(store: Store, sql: str) -> None:
    write_down(store, ACTOR, Deed.REFUSED)
    with pytest.raises((StoreError, psycopg.Error), match="append-only"):
        store.all(sql)
    assert len(read_audit(store)) == 1


def test_a_change_behind_the_nodes_back_shows(store: Store) -> None:
    for k in range(5):
        write_down(store, ACTOR, Deed.REFUSED, str(k))
    on = "" if store.dialect.kind is Kind.SQLITE else " ON audit"
    store.all(f"DROP TRIGGER audit_is_not_changed{on}")
    store.all("UPDATE audit SET subject = 'another' WHERE id = 3")
    assert first_broken(store) == 3


def test_an_act_that_failed_is_not_written_down(store: Store) -> None:
    staff = make_staff(store)
    invite(staff, "root", Role.ADMINISTRATOR)
    before = len(read_audit(store))
    change_person(staff, ACTOR, "root", None, Role.OBSERVER, None)
    assert len(read_audit(store)) == before


def test_a_secret_opens_with_its_own_key_for_its_own_purpose() -> None:
    vault = Vault(bytes(32))
    sealed = vault.seal(b"secret", "the authenticator of north_desk")
    assert b"secret" not in sealed
    assert vault.unseal(sealed, "the authenticator of north_desk") == b"secret"
    for other, purpose in (
        (Vault(b"x" * 32), "the authenticator of north_desk"),
        (vault, "the authenticator of south_desk"),
    ):
        with pytest.raises(ConfigurationError, match=r"Restore secret\.key"):
            other.unseal(sealed, purpose)
    with pytest.raises(ConfigurationError):
        vault.unseal(b"short", "x")
