"""What consultation is made of, a table or a few in each file."""

from firsthand.consultation.models.comments import Comment as Comment
from firsthand.consultation.models.comments import Reply as Reply
from firsthand.consultation.models.consent import Consent as Consent
from firsthand.consultation.models.consent import Sheet as Sheet
from firsthand.consultation.models.consent import Statement as Statement
from firsthand.consultation.models.groups import Facilitator as Facilitator
from firsthand.consultation.models.groups import Group as Group
from firsthand.consultation.models.groups import GroupMember as GroupMember
from firsthand.consultation.models.groups import GroupTrail as GroupTrail
from firsthand.consultation.models.groups import Invited as Invited
from firsthand.consultation.models.meetings import Coming as Coming
from firsthand.consultation.models.meetings import GroupMeeting as GroupMeeting
from firsthand.consultation.models.meetings import Turn as Turn
from firsthand.consultation.models.outcomes import Outcome as Outcome
from firsthand.consultation.models.surveys import Answer as Answer
from firsthand.consultation.models.surveys import InvitationCode as InvitationCode
from firsthand.consultation.models.surveys import Question as Question
from firsthand.consultation.models.surveys import Survey as Survey
from firsthand.consultation.models.surveys import Surveyor as Surveyor
from firsthand.consultation.models.surveys import SurveyTrail as SurveyTrail
